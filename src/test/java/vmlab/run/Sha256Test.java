package vmlab.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import org.junit.jupiter.api.Test;

class Sha256Test {

    @Test
    void whatIsCopiedIsSummedUp() throws IOException {
        ByteArrayOutputStream copy = new ByteArrayOutputStream();
        assertThat(Sha256.copy(new ByteArrayInputStream(new byte[] {'a', 'b', 'c'}), copy))
                .isEqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
        assertThat(copy).hasToString("abc");
    }

    /** Such as a layer of some gigabytes when somebody presses Ctrl-C. */
    @Test
    void whatHasNoEndEndsWithItsThreadsInterruption() {
        InputStream endless = new InputStream() {
            @Override
            public int read() {
                Thread.currentThread().interrupt();
                return 0;
            }
        };
        assertThatThrownBy(() -> Sha256.copy(endless, OutputStream.nullOutputStream()))
                .isInstanceOf(InterruptedIOException.class);
        assertThat(Thread.interrupted()).isTrue();
    }
}

package vmlab.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Packets in tcpdump's format, made pcapng; read back here by the format's own rules. */
class PcapNgTest {

    private static ByteBuffer pcap(byte[]... packets) {
        ByteBuffer pcap = ByteBuffer.allocate(1000).order(ByteOrder.LITTLE_ENDIAN);
        pcap.putInt(0xA1B2C3D4)
                .putShort((short) 2)
                .putShort((short) 4)
                .putLong(0)
                .putInt(262_144)
                .putInt(1);
        for (byte[] packet : packets) {
            pcap.putInt(1_700_000_000)
                    .putInt(123_456)
                    .putInt(packet.length)
                    .putInt(1500)
                    .put(packet);
        }
        return pcap;
    }

    private static byte[] bytes(ByteBuffer pcap) {
        return Arrays.copyOf(pcap.array(), pcap.position());
    }

    private static ByteBuffer copied(byte[] pcap, long count) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        assertThat(PcapNg.copy(new ByteArrayInputStream(pcap), out, "cp.lan")).isEqualTo(count);
        return ByteBuffer.wrap(out.toByteArray()).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** The next block's body, without its padding rules applied. */
    private static ByteBuffer block(ByteBuffer file, int type) {
        assertThat(file.getInt()).isEqualTo(type);
        int length = file.getInt();
        assertThat(length % 4).isZero();
        ByteBuffer body = file.slice(file.position(), length - 12).order(ByteOrder.LITTLE_ENDIAN);
        file.position(file.position() + length - 12);
        assertThat(file.getInt()).as("the length, once more").isEqualTo(length);
        return body;
    }

    @Test
    void eachPacketKeepsItsTimeItsBytesAndItsLengthOnTheWire() throws IOException {
        byte[] odd = "seven..".getBytes(StandardCharsets.US_ASCII);
        ByteBuffer file = copied(bytes(pcap(odd, new byte[4])), 2);

        ByteBuffer section = block(file, 0x0A0D0D0A);
        assertThat(section.getInt()).isEqualTo(0x1A2B3C4D);
        assertThat(section.getShort()).as("version").isEqualTo((short) 1);
        ByteBuffer card = block(file, 1);
        assertThat(card.getInt()).as("Ethernet").isEqualTo(1);
        assertThat(card.getInt()).isEqualTo(262_144);
        assertThat(card.getShort()).as("its name").isEqualTo((short) 2);
        byte[] name = new byte[card.getShort()];
        card.get(name);
        assertThat(name).asString().isEqualTo("cp.lan");
        ByteBuffer packet = block(file, 6);
        assertThat(packet.getInt()).as("of the first interface").isZero();
        long micros = Integer.toUnsignedLong(packet.getInt()) << 32 | Integer.toUnsignedLong(packet.getInt());
        assertThat(micros).isEqualTo(1_700_000_000_123_456L);
        assertThat(packet.getInt()).isEqualTo(7);
        assertThat(packet.getInt()).isEqualTo(1500);
        byte[] content = new byte[7];
        packet.get(content);
        assertThat(content).isEqualTo(odd);
        block(file, 6);
        assertThat(file.hasRemaining()).isFalse();
    }

    @Test
    void whatIsNoCaptureGivesNothing() throws IOException {
        assertThat(copied("tcpdump: no such device\n".getBytes(StandardCharsets.US_ASCII), 0)
                        .capacity())
                .isZero();
        assertThat(copied(new byte[0], 0).capacity()).isZero();
    }

    @Test
    void aPacketThatIsCutOffIsNotPassedOn() {
        byte[] whole = bytes(pcap(new byte[100]));

        assertThatThrownBy(() -> copied(Arrays.copyOf(whole, whole.length - 1), 1))
                .hasMessageContaining("cut off");
    }
}

package vmlab.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.util.Optional;

/** Standard output that remembers why it could not be written, which {@link PrintStream} keeps to itself. */
final class Stdout extends OutputStream {

    /** What the kernel calls it when a reader, such as {@code head}, has seen enough. */
    static final String BROKEN_PIPE = "Broken pipe";

    private final OutputStream out = new FileOutputStream(FileDescriptor.out);
    private volatile Optional<String> failure = Optional.empty();

    /** Whether this process's output can't be written any more: whoever follows something may end then. */
    static boolean isClosed() {
        return System.out.checkError();
    }

    private Stdout() {}

    /** Makes it this process's {@link System#out}. */
    static Stdout ofThisProcess() {
        Stdout stdout = new Stdout();
        System.setOut(new PrintStream(stdout, true, System.out.charset()));
        return stdout;
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
        try {
            out.write(bytes, from, length);
        } catch (IOException error) {
            failure = Optional.ofNullable(error.getMessage());
            throw error;
        }
    }

    /** Why not all was written, but for a reader that wanted no more. */
    Optional<String> failure() {
        System.out.flush();
        return failure.filter(why -> !why.equals(BROKEN_PIPE));
    }
}

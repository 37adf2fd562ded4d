package vmlab.cli;

import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ReadableByteChannel;

/** Standard input whose reader Ctrl-C interrupts; {@code System.in} would hold on to it until the sender's end. */
final class Stdin {

    private Stdin() {}

    /** Not as the file that it may be: of a pipe nobody can say how much there is. */
    static InputStream interruptible() {
        ReadableByteChannel channel = new FileInputStream(FileDescriptor.in).getChannel();
        return Channels.newInputStream(new ReadableByteChannel() {
            @Override
            public int read(ByteBuffer into) throws IOException {
                return channel.read(into);
            }

            @Override
            public boolean isOpen() {
                return channel.isOpen();
            }

            @Override
            public void close() throws IOException {
                channel.close();
            }
        });
    }
}

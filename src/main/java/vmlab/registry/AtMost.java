package vmlab.registry;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Content that is no longer than was promised: whoever sends more than that fills no disk. */
final class AtMost extends FilterInputStream {

    private final Descriptor promised;
    private long read;

    AtMost(InputStream in, Descriptor promised) {
        super(in);
        this.promised = promised;
    }

    @Override
    public int read() throws IOException {
        throw new UnsupportedOperationException("one reads it in pieces");
    }

    @Override
    public int read(byte[] buffer, int from, int length) throws IOException {
        int got = in.read(buffer, from, length);
        read += Math.max(got, 0);
        if (read > promised.size()) {
            throw new NoImage("it was altered: %s is longer than the %s bytes that it should have"
                    .formatted(promised.digest(), promised.size()));
        }
        return got;
    }
}

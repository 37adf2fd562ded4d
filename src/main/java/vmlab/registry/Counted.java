package vmlab.registry;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Content that is read in pieces, and counted. */
abstract class Counted extends FilterInputStream {

    private long read;

    Counted(InputStream in) {
        super(in);
    }

    /** So many bytes have been read in all. */
    abstract void seen(long bytes);

    @Override
    public int read() throws IOException {
        throw new UnsupportedOperationException("one reads it in pieces");
    }

    @Override
    public int read(byte[] buffer, int from, int length) throws IOException {
        int got = in.read(buffer, from, length);
        read += Math.max(got, 0);
        seen(read);
        return got;
    }
}

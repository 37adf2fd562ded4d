package vmlab.mcp;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** An input that knows whether it was read to its end: the SDK stops reading also where it can't make sense of a line, and says so nowhere. */
final class WatchedInput extends FilterInputStream {

    private volatile boolean ended;

    WatchedInput(InputStream in) {
        super(in);
    }

    @Override
    public int read(byte[] bytes, int from, int length) throws IOException {
        int read = super.read(bytes, from, length);
        ended = read < 0;
        return read;
    }

    boolean hasEnded() {
        return ended;
    }
}

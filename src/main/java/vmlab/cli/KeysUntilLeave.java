package vmlab.cli;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Keys up to Ctrl-], which leaves a console: it, and what follows, is not for the machine. */
final class KeysUntilLeave extends FilterInputStream {

    private static final byte LEAVE = 0x1d;

    private boolean left;

    KeysUntilLeave(InputStream keys) {
        super(keys);
    }

    @Override
    public int read(byte[] into, int from, int most) throws IOException {
        int length = left ? -1 : super.read(into, from, most);
        for (int each = 0; each < length; each++) {
            if (into[from + each] == LEAVE) {
                left = true;
                return each == 0 ? -1 : each;
            }
        }
        return length;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }
}

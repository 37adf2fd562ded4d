package vmlab.registry;

import java.io.InputStream;

/** Content that is no longer than was promised: whoever sends more than that fills no disk. */
final class AtMost extends Counted {

    private final Descriptor promised;

    AtMost(InputStream in, Descriptor promised) {
        super(in);
        this.promised = promised;
    }

    @Override
    void seen(long bytes) {
        if (bytes > promised.size()) {
            throw new NoImage("it was altered: %s is longer than the %s bytes that it should have"
                    .formatted(promised.digest(), promised.size()));
        }
    }
}

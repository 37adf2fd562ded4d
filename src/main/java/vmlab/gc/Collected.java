package vmlab.gc;

import java.util.ArrayList;
import java.util.List;

/** What a look for leftovers came to. */
public final class Collected {

    private final List<Leftover> leftovers = new ArrayList<>();
    private final List<Spared> spared = new ArrayList<>();

    void add(Leftover leftover) {
        leftovers.add(leftover);
    }

    void add(Spared left) {
        spared.add(left);
    }

    /** What went, or would go. */
    public List<Leftover> leftovers() {
        return List.copyOf(leftovers);
    }

    /** What was left alone, and why. */
    public List<Spared> spared() {
        return List.copyOf(spared);
    }

    /** What all that freed, or would free. */
    public long bytes() {
        return leftovers.stream().mapToLong(Leftover::bytes).sum();
    }
}

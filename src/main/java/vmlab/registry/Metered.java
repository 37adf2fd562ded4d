package vmlab.registry;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import vmlab.run.Run;
import vmlab.spec.Bytes;

/** Content that tells how much of it has come: at first each second, and less often the longer it takes. */
final class Metered implements Content {

    private static final Duration FIRST = Duration.ofSeconds(1);
    private static final int SHARE = 10;

    private final Content content;
    private final String name;
    private final Run run;
    private final Instant start;
    private Instant next;
    private long all;

    /** That of an image called {@code name}; {@code run} is told. */
    Metered(Content content, String name, Run run) {
        this.content = content;
        this.name = name;
        this.run = run;
        this.start = run.clock().instant();
        this.next = start.plus(FIRST);
    }

    @Override
    public InputStream open(Descriptor wanted) throws IOException, InterruptedException {
        long before = all;
        return new Counted(content.open(wanted)) {
            @Override
            void seen(long bytes) {
                all = before + bytes;
                tell(bytes, wanted);
            }
        };
    }

    private void tell(long mine, Descriptor of) {
        Instant now = run.clock().instant();
        if (now.isBefore(next)) {
            return;
        }
        Duration pause = Duration.between(start, now).dividedBy(SHARE);
        next = now.plus(pause.compareTo(FIRST) > 0 ? pause : FIRST);
        String part = of.size() < 0 ? "" : ", %s of %s of this blob".formatted(new Bytes(mine), new Bytes(of.size()));
        run.progress(name, new Bytes(all) + " have come" + part);
    }
}

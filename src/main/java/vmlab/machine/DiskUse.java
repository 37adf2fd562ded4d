package vmlab.machine;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import vmlab.run.Environment;
import vmlab.run.Program;

/** How much room files take: a disk of 10 GiB of which little was written takes little. Java does not tell, {@code du} does. */
public final class DiskUse {

    private static final Duration LIMIT = Duration.ofMinutes(5);

    private DiskUse() {}

    /** What is freed when a file, or a folder with everything in it, goes; 0 where that can't be told. */
    public static long of(Path path) throws InterruptedException {
        try {
            ProcessBuilder du = Environment.process("du", "--summarize", "--block-size=1", "--", path.toString());
            String[] words = new Program(du, LIMIT).run().text().split("\\s", 2);
            return words[0].matches("[0-9]+") ? Long.parseLong(words[0]) : 0;
        } catch (IOException unable) {
            return 0;
        }
    }
}

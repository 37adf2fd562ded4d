package vmlab.make;

import java.nio.file.Files;
import java.time.Duration;
import java.util.function.Supplier;
import vmlab.boot.BootConfig;
import vmlab.boot.BootProcess;
import vmlab.plan.LabFolder;
import vmlab.run.Executable;
import vmlab.run.Reading;
import vmlab.run.Run;
import vmlab.site.LastLines;

/**
 * The process of this machine's that stands by a lab, and is started anew when what it is to do changes.
 *
 * @param program lab itself
 * @param what it is, for whoever waits for it
 */
record LabProcess(Executable program, String what) {

    private static final Duration LIMIT = Duration.ofSeconds(20);

    /** Whether it had to be started, or started again; {@code serves}: whether it is so far. */
    boolean start(LabFolder folder, BootConfig wanted, Supplier<Reading<String>> serves, Run run)
            throws InterruptedException {
        BootProcess process = ServeBoot.process(folder);
        if (Files.exists(folder.bootConfig())
                && BootConfig.read(folder.bootConfig()).equals(wanted)
                && process.isAlive()) {
            return false;
        }
        process.stop();
        wanted.write(folder.bootConfig());
        process.start(program);
        run.await("", what, LIMIT)
                .every(Duration.ofMillis(100))
                .until(() -> process.isAlive()
                        ? serves.get()
                        : new Reading.Never<>(LastLines.of(folder.bootLog(), 3), "read " + folder.bootLog()));
        return true;
    }
}

package vmlab.make;

import java.nio.file.Files;
import java.time.Duration;
import vmlab.boot.BootConfig;
import vmlab.boot.BootProcess;
import vmlab.plan.LabFolder;
import vmlab.run.Executable;
import vmlab.run.Reading;
import vmlab.run.Reading.Never;
import vmlab.run.Reading.NotYet;
import vmlab.run.Reading.Ready;
import vmlab.run.Run;
import vmlab.site.LastLines;

/** The boot server as a process of this machine's, on the lab's bridge; {@code program} is lab itself. */
record LocalServer(Executable program) {

    private static final Duration LIMIT = Duration.ofSeconds(20);

    /** Whether it had to be started, or started again. */
    boolean serve(LabFolder folder, BootConfig wanted, Run run) throws InterruptedException {
        BootProcess process = ServeBoot.process(folder);
        if (Files.exists(folder.bootConfig())
                && BootConfig.read(folder.bootConfig()).equals(wanted)
                && process.isAlive()) {
            return false;
        }
        process.stop();
        wanted.write(folder.bootConfig());
        process.start(program);
        run.await("", "the boot server", LIMIT)
                .every(Duration.ofMillis(100))
                .until(() -> look(process, wanted, folder));
        return true;
    }

    private static Reading<String> look(BootProcess process, BootConfig wanted, LabFolder folder) {
        if (!process.isAlive()) {
            return new Never<>(LastLines.of(folder.bootLog(), 3), "read " + folder.bootLog());
        }
        return BootProcess.health(wanted.url())
                .<Reading<String>>map(Ready::new)
                .orElseGet(() -> new NotYet<>("it does not answer at " + wanted.url()));
    }
}

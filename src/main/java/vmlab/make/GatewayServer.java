package vmlab.make;

import java.nio.file.Files;
import java.time.Duration;
import vmlab.boot.BootConfig;
import vmlab.boot.BootProcess;
import vmlab.engine.Gateways;
import vmlab.plan.LabFolder;
import vmlab.run.Executable;
import vmlab.run.Reading;
import vmlab.run.Run;
import vmlab.site.LastLines;

/**
 * The boot server at the engine, beside the lab's machines, and what leads there from here: a process that stands by the lab.
 *
 * @param program lab itself
 */
record GatewayServer(Gateways gateways, Executable program) {

    /** Its image may be pulled first, of some hundred MB. */
    private static final Duration LIMIT = Duration.ofMinutes(10);

    private static final Duration STARTING = Duration.ofSeconds(20);
    private static final Duration PACE = Duration.ofSeconds(1);

    /** Whether anything of it is new. */
    boolean serve(LabFolder folder, BootConfig wanted, Run run) throws InterruptedException {
        boolean isNew = gateways.serve(wanted.lab(), wanted.ofGateway().json(), wanted.images(), run);
        run.await("", "the gateway", LIMIT).every(PACE).until(() -> gateways.look(wanted.lab()));
        return standBy(folder, wanted, run) || isNew;
    }

    private boolean standBy(LabFolder folder, BootConfig wanted, Run run) throws InterruptedException {
        BootProcess process = ServeBoot.process(folder);
        if (Files.exists(folder.bootConfig())
                && BootConfig.read(folder.bootConfig()).equals(wanted)
                && process.isAlive()) {
            return false;
        }
        process.stop();
        wanted.write(folder.bootConfig());
        process.start(program);
        run.await("", "the process that stands by the lab", STARTING)
                .every(Duration.ofMillis(100))
                .until(() -> look(process, folder));
        return true;
    }

    private static Reading<String> look(BootProcess process, LabFolder folder) {
        if (!process.isAlive()) {
            return new Reading.Never<>(LastLines.of(folder.bootLog(), 3), "read " + folder.bootLog());
        }
        return Files.exists(folder.apiPort())
                ? new Reading.Ready<>(LastLines.of(folder.apiPort(), 1))
                : new Reading.NotYet<>("it has no port yet");
    }
}

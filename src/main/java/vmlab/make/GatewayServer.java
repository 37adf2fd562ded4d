package vmlab.make;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import vmlab.boot.BootConfig;
import vmlab.engine.Gateways;
import vmlab.plan.LabFolder;
import vmlab.run.Executable;
import vmlab.run.Reading;
import vmlab.run.Run;
import vmlab.site.LastLines;

/**
 * The boot server at the engine, beside the lab's machines, and what leads there from here.
 *
 * @param program lab itself
 */
record GatewayServer(Gateways gateways, Executable program) {

    /** Its image may be pulled first, of some hundred MB. */
    private static final Duration LIMIT = Duration.ofMinutes(10);

    private static final Duration PACE = Duration.ofSeconds(1);

    /** Whether anything of it is new. */
    boolean serve(LabFolder folder, BootConfig wanted, Run run) throws InterruptedException {
        boolean isNew = gateways.serve(wanted.lab(), wanted.ofGateway().json(), wanted.images(), run);
        run.await("", "the gateway", LIMIT).every(PACE).until(() -> gateways.look(wanted.lab()));
        var process = new LabProcess(program, "the process that stands by the lab");
        Instant before = Instant.now();
        return process.start(folder, wanted, () -> look(folder, before), run) || isNew;
    }

    /** The port of a process before it may be there still, and another's by now. */
    private static Reading<String> look(LabFolder folder, Instant before) {
        try {
            if (Files.getLastModifiedTime(folder.apiPort()).toInstant().isAfter(before)) {
                return new Reading.Ready<>(LastLines.of(folder.apiPort(), 1));
            }
        } catch (IOException none) {
            // It is written when the port is open.
        }
        return new Reading.NotYet<>("it has no port yet");
    }
}

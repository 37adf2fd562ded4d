package vmlab;

import java.nio.file.Path;
import java.util.Optional;
import vmlab.machine.Calibration;
import vmlab.machine.KvmProbe;
import vmlab.run.Pace;

/** How long tests wait on this machine. */
public final class MachinePace {

    private MachinePace() {}

    /** That of {@code lab} itself. */
    public static Pace here() throws InterruptedException {
        if (KvmProbe.run().usable()) {
            return Pace.USUAL;
        }
        Path cache = Optional.ofNullable(System.getenv("LAB_CACHE"))
                .map(Path::of)
                .orElse(Path.of(System.getProperty("user.home"), ".cache", "lab"));
        return Calibration.keptIn(cache).speed().pace();
    }
}

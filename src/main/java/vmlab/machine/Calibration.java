package vmlab.machine;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import vmlab.run.AtomicFile;

/**
 * Finds out how fast this machine emulates: once, beside other work, and keeps it for later commands. Nothing fails for want of it.
 */
public final class Calibration {

    private static final String FILE = "emulation-speed.json";
    private static final JsonMapper JSON = new JsonMapper();

    /** One measurement. */
    @FunctionalInterface
    interface Measurement {
        Duration take() throws IOException, InterruptedException;
    }

    /** Who it would be one of. */
    @FunctionalInterface
    interface Identity {
        Emulator of() throws IOException;
    }

    private record Saved(Emulator emulator, long nanos) {}

    private final FutureTask<EmulationSpeed> speed;

    private Calibration(FutureTask<EmulationSpeed> speed) {
        this.speed = speed;
    }

    /** That of this machine, kept in {@code cache}. */
    public static Calibration keptIn(Path cache) {
        return keptIn(cache, Emulator::here, SpeedGuest::shortestRound);
    }

    static Calibration keptIn(Path cache, Identity identity, Measurement measurement) {
        return new Calibration(new FutureTask<>(() -> find(cache.resolve(FILE), identity, measurement)));
    }

    /** One that measures nothing, since it is known. */
    public static Calibration of(EmulationSpeed speed) {
        return new Calibration(new FutureTask<>(() -> speed));
    }

    /** Begins, unless it has begun, and returns at once. */
    public void begin() {
        Thread.ofPlatform().daemon().name("calibration").start(speed);
    }

    /** The speed; waits for it, half a second the first time on a machine. */
    public EmulationSpeed speed() throws InterruptedException {
        speed.run();
        try {
            return speed.get();
        } catch (ExecutionException error) {
            if (error.getCause() instanceof InterruptedException) {
                throw new InterruptedException("interrupted while measuring the speed of emulation");
            }
            return EmulationSpeed.unknown(String.valueOf(error.getCause().getMessage()));
        }
    }

    private static EmulationSpeed find(Path file, Identity identity, Measurement measurement)
            throws IOException, InterruptedException {
        Emulator here = identity.of();
        Optional<Duration> kept = kept(file, here);
        if (kept.isPresent()) {
            return EmulationSpeed.measured(kept.get());
        }
        Duration round = measurement.take();
        keep(file, new Saved(here, round.toNanos()));
        return EmulationSpeed.measured(round);
    }

    /** One that cannot be read, or is of another emulator, is none. */
    private static Optional<Duration> kept(Path file, Emulator here) {
        try {
            return Optional.ofNullable(JSON.readValue(Files.readString(file), Saved.class))
                    .filter(kept -> here.equals(kept.emulator()) && kept.nanos() > 0)
                    .map(kept -> Duration.ofNanos(kept.nanos()));
        } catch (IOException none) {
            return Optional.empty();
        }
    }

    private static void keep(Path file, Saved kept) {
        try {
            Files.createDirectories(file.getParent());
            AtomicFile.write(file, JSON.writerWithDefaultPrettyPrinter().writeValueAsString(kept));
        } catch (IOException full) {
            // Measured again next time.
        }
    }
}

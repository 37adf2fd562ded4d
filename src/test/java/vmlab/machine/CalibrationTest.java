package vmlab.machine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vmlab.run.Pace;

class CalibrationTest {

    private static final Emulator HERE = new Emulator("EPYC", 2, "QEMU emulator version 10.0.2", 1234, 1);
    private static final Duration HALF_AS_FAST = EmulationSpeed.REFERENCE.multipliedBy(2);

    @TempDir
    Path cache;

    private final List<Integer> measurements = new ArrayList<>();

    private Calibration of(Emulator emulator) {
        return Calibration.keptIn(cache, () -> emulator, () -> {
            measurements.add(1);
            return HALF_AS_FAST;
        });
    }

    @Test
    void aMachineIsMeasuredOnce() throws InterruptedException {
        Calibration first = of(HERE);
        first.begin();
        assertThat(first.speed().pace()).isEqualTo(new Pace(2));
        first.speed();

        assertThat(of(HERE).speed().round()).contains(HALF_AS_FAST);
        assertThat(measurements).hasSize(1);
    }

    @Test
    void itIsMeasuredAnewWhenAnythingOfItIsAnother() throws InterruptedException {
        List<Emulator> others = List.of(
                new Emulator("Xeon", 2, "QEMU emulator version 10.0.2", 1234, 1),
                new Emulator("EPYC", 4, "QEMU emulator version 10.0.2", 1234, 1),
                new Emulator("EPYC", 2, "QEMU emulator version 10.0.3", 1234, 1),
                new Emulator("EPYC", 2, "QEMU emulator version 10.0.2", 4321, 1),
                new Emulator("EPYC", 2, "QEMU emulator version 10.0.2", 1234, 2));
        of(HERE).speed();
        for (Emulator other : others) {
            int before = measurements.size();
            of(other).speed();
            assertThat(measurements).as("%s", other).hasSize(before + 1);
        }
    }

    @Test
    void whatCannotBeReadIsMeasuredAnewAndMended() throws Exception {
        of(HERE).speed();
        Path kept = keptFile();
        for (String damaged :
                List.of("", "{", "null", "[]", "{\"nanos\": 5}", "{\"emulator\": {}, \"nanos\": \"x\"}")) {
            Files.writeString(kept, damaged);
            int before = measurements.size();
            assertThat(of(HERE).speed().pace()).isEqualTo(new Pace(2));
            assertThat(measurements).as(damaged).hasSize(before + 1);
            of(HERE).speed();
            assertThat(measurements).as(damaged).hasSize(before + 1);
        }
    }

    @Test
    void aCacheThatCannotBeWrittenIsNoFailure() throws Exception {
        Path file = Files.writeString(cache.resolve("file"), "");

        assertThat(Calibration.keptIn(file, () -> HERE, () -> HALF_AS_FAST)
                        .speed()
                        .pace())
                .isEqualTo(new Pace(2));
    }

    @Test
    void whereItCannotBeMeasuredTheUsualLimitsHold() throws InterruptedException {
        EmulationSpeed speed = Calibration.keptIn(cache, () -> HERE, () -> {
                    throw new IOException("QEMU ran no guest");
                })
                .speed();

        assertThat(speed.pace()).isEqualTo(Pace.USUAL);
        assertThat(speed.evidence()).contains("not measured", "QEMU ran no guest");
    }

    private Path keptFile() throws IOException {
        try (Stream<Path> files = Files.list(cache)) {
            List<Path> all = files.toList();
            assertThat(all).hasSize(1);
            return all.getFirst();
        }
    }
}

package vmlab.machine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import vmlab.run.Environment;

/**
 * What executes emulated guests here: a measurement of its speed is one of these parts, and of no others.
 *
 * @param processor the model's name
 * @param processors how many of them
 * @param qemu what QEMU says of its version
 * @param size of QEMU's program, in bytes: distributions patch one version in more than one way
 * @param guest which guest measured it
 */
record Emulator(String processor, int processors, String qemu, long size, int guest) {

    private static final String QEMU = "qemu-system-x86_64";

    /** The one of this machine. */
    static Emulator here() throws IOException {
        Path program = Stream.of(System.getenv().getOrDefault("PATH", "").split(":"))
                .map(folder -> Path.of(folder, QEMU))
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow(() -> new IOException(QEMU + " is not installed"));
        return new Emulator(
                model(),
                Runtime.getRuntime().availableProcessors(),
                versionOf(program),
                Files.size(program),
                Arrays.hashCode(SpeedGuest.code()));
    }

    private static String model() throws IOException {
        try (Stream<String> lines = Files.lines(Path.of("/proc/cpuinfo"))) {
            return lines.filter(line -> line.startsWith("model name"))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElse("unknown");
        }
    }

    /** {@code QEMU emulator version 10.0.2 (Debian …)}. */
    private static String versionOf(Path program) throws IOException {
        Process asked = Environment.process(program.toString(), "--version")
                .redirectErrorStream(true)
                .start();
        try (var said = asked.inputReader()) {
            return String.valueOf(said.readLine());
        } finally {
            asked.destroy();
        }
    }
}

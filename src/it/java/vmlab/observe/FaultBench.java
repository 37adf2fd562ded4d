package vmlab.observe;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.Executors;
import vmlab.image.BootImage;
import vmlab.image.Images;
import vmlab.libvirt.Hypervisor;
import vmlab.power.Teardown;
import vmlab.run.Run;
import vmlab.site.Site;

/**
 * {@code FaultBench HOME CACHE OUT AT_ONCE [FAULT…]}: makes each fault for real on a machine of its own, so many at once, and writes a
 * verdict a line to {@code OUT/verdicts.jsonl} and what was seen beside it. Runs inside the embedded host ({@code lab exec -- java …}).
 *
 * <p>Each fault has a process of its own, as each {@code up} and each boot server has: libvirt's event loop is one for a process, and did
 * not outlive several labs that came and went in it.
 */
final class FaultBench {

    private static final JsonMapper JSON = new JsonMapper();

    private FaultBench() {}

    public static void main(String[] arguments) throws Exception {
        Path home = Path.of(arguments[0]);
        Path out = Files.createDirectories(Path.of(arguments[2]));
        List<String> only = List.of(arguments).subList(4, arguments.length);
        try (Hypervisor hypervisor = Hypervisor.connect("qemu:///system", true)) {
            Site site = new Site(hypervisor, home, true);
            if (arguments[3].equals("alone")) {
                one(site, Path.of(arguments[1]), out, Integer.parseInt(only.getFirst()));
                return;
            }
            try (var workers = Executors.newFixedThreadPool(Integer.parseInt(arguments[3]))) {
                for (int i = 0; i < Faults.ALL.size(); i++) {
                    int number = i;
                    if (only.isEmpty() || only.contains(Faults.ALL.get(i).id())) {
                        workers.submit(() -> attempt(site, out, number, List.of(arguments)));
                    }
                }
            }
        }
    }

    /** In a process of its own; that ends with the verdict, and leaves the lab to whoever started it. */
    private static void one(Site site, Path cache, Path out, int number) throws IOException, InterruptedException {
        BootImage whole = new Images(cache, false).resolve(Path.of("images/debian-standin.yaml"), new Run(event -> {}));
        write(out, new FaultyLab(site, out, whole, Faults.ALL.get(number)).run(number + 1));
        Runtime.getRuntime().halt(0);
    }

    private static void attempt(Site site, Path out, int number, List<String> arguments) {
        Fault fault = Faults.ALL.get(number);
        try {
            Process alone = new ProcessBuilder(List.of(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-XX:TieredStopAtLevel=1",
                            "-XX:+UseSerialGC",
                            "--enable-native-access=ALL-UNNAMED",
                            "-cp",
                            System.getProperty("java.class.path"),
                            FaultBench.class.getName(),
                            arguments.get(0),
                            arguments.get(1),
                            arguments.get(2),
                            "alone",
                            "" + number))
                    .redirectErrorStream(true)
                    .start();
            String said = new String(alone.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (alone.waitFor() != 0) {
                write(out, Verdict.none(fault, "its process ended with " + alone.exitValue() + ": " + said));
            }
            new Teardown(site, Teardown.Evidence.REMOVE).run(FaultyLab.name(fault), new Run(event -> {}));
        } catch (Exception error) {
            write(out, Verdict.none(fault, "the bench failed: " + error));
        }
    }

    private static synchronized void write(Path out, Verdict verdict) {
        System.err.println(verdict);
        try {
            Files.writeString(
                    out.resolve("verdicts.jsonl"),
                    JSON.writeValueAsString(verdict) + "\n",
                    StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND);
        } catch (IOException error) {
            throw new UncheckedIOException(error);
        }
    }
}

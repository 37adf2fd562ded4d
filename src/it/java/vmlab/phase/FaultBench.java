package vmlab.phase;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.Executors;
import vmlab.host.Hypervisor;
import vmlab.image.BootImage;
import vmlab.image.Images;
import vmlab.run.Run;

/**
 * {@code FaultBench HOME CACHE OUT AT_ONCE [FAULT…]}: makes each fault for real on a machine of its own, so many at once, and writes a
 * verdict a line to {@code OUT/verdicts.jsonl} and what was seen beside it. Runs inside the embedded host ({@code lab exec -- java …}).
 */
final class FaultBench {

    private static final JsonMapper JSON = new JsonMapper();

    private FaultBench() {}

    public static void main(String[] arguments) throws Exception {
        Path home = Path.of(arguments[0]);
        Path out = Files.createDirectories(Path.of(arguments[2]));
        List<String> only = List.of(arguments).subList(4, arguments.length);
        try (Hypervisor hypervisor = Hypervisor.connect("qemu:///system");
                var workers = Executors.newFixedThreadPool(Integer.parseInt(arguments[3]))) {
            Site site = new Site(hypervisor, home, true);
            BootImage whole = new Images(Path.of(arguments[1]), false)
                    .resolve(Path.of("images/debian-standin.yaml"), new Run(event -> {}));
            for (int i = 0; i < Faults.ALL.size(); i++) {
                Fault fault = Faults.ALL.get(i);
                int network = i + 1;
                if (only.isEmpty() || only.contains(fault.id())) {
                    workers.submit(() -> write(out, attempt(new FaultyLab(site, out, whole, fault), network)));
                }
            }
        }
        System.exit(0);
    }

    private static Verdict attempt(FaultyLab lab, int network) {
        try {
            return lab.run(network);
        } catch (Exception error) {
            return Verdict.none(lab.fault, "the bench failed: " + error);
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

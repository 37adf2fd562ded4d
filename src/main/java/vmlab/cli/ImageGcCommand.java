package vmlab.cli;

import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import vmlab.image.BootImage;
import vmlab.run.LabFailure;
import vmlab.run.Run;
import vmlab.spec.Bytes;

/** {@code lab image gc}. */
@Command(name = "gc", description = "Remove images that no lab uses, except the newest of each recipe.")
final class ImageGcCommand implements Callable<Integer> {

    @Option(
            names = "--keep",
            paramLabel = "N",
            defaultValue = "1",
            description = "Keep the newest N images of each recipe. Default: ${DEFAULT-VALUE}.")
    private int keep;

    @Option(names = "--dry-run", description = "Only say what would go.")
    private boolean dryRun;

    @Mixin
    private Output output;

    record Result(String name, String digest, long bytes, boolean removed) {}

    /** A {@code --keep} that can be done. */
    static int checked(int keep) {
        if (keep < 0) {
            throw LabFailure.input("--keep " + keep + " can't be done", "it is below 0", "give 0 or more");
        }
        return keep;
    }

    @Override
    public Integer call() throws InterruptedException {
        Map<BootImage, Long> gone =
                Surroundings.forImages().images(false).collectGarbage(checked(keep), dryRun, new Run(event -> {}));
        List<Result> results = gone.entrySet().stream()
                .map(each -> new Result(each.getKey().name(), each.getKey().digest(), each.getValue(), !dryRun))
                .toList();
        if (output.isJson()) {
            output.json(results);
        } else {
            results.forEach(r -> output.line("%s %s", r.name(), r.digest().substring(0, 12)));
            long bytes = results.stream().mapToLong(Result::bytes).sum();
            output.line("%s %d, %s", dryRun ? "would remove" : "removed", results.size(), new Bytes(bytes));
        }
        return 0;
    }
}

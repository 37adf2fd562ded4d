package vmlab.cli;

import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import vmlab.image.ImageDiff;
import vmlab.image.Images;

/** {@code lab image diff}. */
@Command(
        name = "diff",
        description = {
            "Show how two images differ: inputs, packages, sizes, files.",
            "Exits with 0 when they are the same, with 1 otherwise."
        })
final class ImageDiffCommand implements Callable<Integer> {

    @Parameters(paramLabel = "A", description = "A name, whose newest image is meant, or the beginning of a digest.")
    private String first;

    @Parameters(paramLabel = "B", description = "The same.")
    private String second;

    @Mixin
    private Output output;

    @Override
    public Integer call() throws InterruptedException {
        ImageDiff diff = new Images(Surroundings.forImages().cache(), false).diff(first, second);
        if (output.isJson()) {
            output.json(diff);
        } else if (diff.isEmpty()) {
            output.line("the same");
        } else {
            print("INPUT", diff.inputs());
            print("PACKAGE", diff.packages());
            print("ARTIFACT", diff.artifacts());
            print("FILE", diff.files());
        }
        return diff.isEmpty() ? 0 : 1;
    }

    private void print(String what, List<ImageDiff.Change> changes) {
        if (changes.isEmpty()) {
            return;
        }
        Table table = new Table(what, "BEFORE", "AFTER");
        changes.forEach(change -> table.row(change.name(), shown(change.before()), shown(change.after())));
        output.text(table + "\n");
    }

    private static String shown(String value) {
        return value.isEmpty() ? "–" : value.replace('\n', ' ');
    }
}

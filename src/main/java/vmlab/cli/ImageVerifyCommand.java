package vmlab.cli;

import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import vmlab.image.BootImage;
import vmlab.image.Damage;
import vmlab.image.Images;

/** {@code lab image verify}. */
@Command(
        name = "verify",
        description = {
            "Check images for changes since they were built.",
            "Exits with 0 when there are none, with 1 otherwise."
        })
final class ImageVerifyCommand implements Callable<Integer> {

    @Parameters(
            paramLabel = "IMAGE",
            arity = "0..*",
            description = "Names or the beginnings of digests. Default: all that the store has.")
    private List<String> images = List.of();

    @Mixin
    private Output output;

    record Result(String name, String digest, List<String> damages) {}

    @Override
    public Integer call() throws InterruptedException {
        Map<BootImage, List<String>> found = new Images(Surroundings.forImages().cache(), false).verify(images);
        if (output.isJson()) {
            output.json(found.entrySet().stream()
                    .map(each -> new Result(each.getKey().name(), each.getKey().digest(), each.getValue()))
                    .toList());
        } else {
            found.forEach(this::print);
        }
        return found.values().stream().allMatch(List::isEmpty) ? 0 : 1;
    }

    private void print(BootImage image, List<String> damages) {
        if (damages.isEmpty()) {
            output.line("✔ %s %s", image.name(), image.shortDigest());
            return;
        }
        output.line("✘ %s %s", image.name(), image.shortDigest());
        damages.forEach(damage -> output.line("    %s", damage));
        output.line("    next: %s", Damage.cure(image.folder()));
    }
}

package vmlab.image;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What tells one image from another. In each list: what is only in the first, only in the second, or differs.
 *
 * @param inputs what they were made from
 * @param artifacts sizes of kernel, initrd and squashfs, in bytes
 * @param files of the root file system
 */
public record ImageDiff(List<Change> inputs, List<Change> packages, List<Change> artifacts, List<Change> files) {

    /**
     * One difference.
     *
     * @param before empty: only the second has it
     * @param after empty: only the first has it
     */
    public record Change(String name, String before, String after) {}

    /** Whether they are the same, as far as was looked. */
    public boolean isEmpty() {
        return inputs.isEmpty() && packages.isEmpty() && artifacts.isEmpty() && files.isEmpty();
    }

    static ImageDiff of(ImageDetails a, ImageDetails b, Map<String, String> filesA, Map<String, String> filesB) {
        return new ImageDiff(
                changes(a.inputs(), b.inputs()),
                changes(versions(a), versions(b)),
                changes(artifacts(a), artifacts(b)),
                changes(filesA, filesB));
    }

    private static Map<String, String> versions(ImageDetails image) {
        return image.packages().stream()
                .collect(Collectors.toMap(
                        ImageDetails.Package::name, ImageDetails.Package::version, (one, other) -> one + " " + other));
    }

    private static Map<String, String> artifacts(ImageDetails image) {
        Function<Artifact, String> text =
                artifact -> artifact.size() + " " + artifact.sha256().substring(0, 12);
        var sizes = new TreeMap<String, String>();
        image.image().files().forEach((name, artifact) -> {
            if (!name.endsWith(".log") && !name.endsWith(".txt")) {
                sizes.put(name, text.apply(artifact));
            }
        });
        return sizes;
    }

    private static List<Change> changes(Map<String, String> before, Map<String, String> after) {
        var names = new TreeSet<>(before.keySet());
        names.addAll(after.keySet());
        return names.stream()
                .map(name -> new Change(name, before.getOrDefault(name, ""), after.getOrDefault(name, "")))
                .filter(change -> !change.before().equals(change.after()))
                .toList();
    }
}

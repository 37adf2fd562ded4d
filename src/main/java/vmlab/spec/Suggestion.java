package vmlab.spec;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** The valid name that a mistyped one most likely meant. */
public final class Suggestion {

    private Suggestion() {}

    /** What to say about a name that is not among the valid ones: {@code did you mean 'memory'? valid here: …}. */
    static String among(Collection<String> valid, String typed) {
        var all = "valid here: " + String.join(", ", valid);
        return nearest(valid, typed)
                .map(name -> "did you mean '" + name + "'? " + all)
                .orElse(all);
    }

    /** What to say about a file that isn't there, looking at the names of its neighbours and at what came with lab. */
    static String forMissing(Path file) {
        var shipped = Shipped.insteadOf(file);
        if (shipped.isPresent()) {
            return "the one that came with lab is " + shipped.get();
        }
        var folder = Optional.ofNullable(file.toAbsolutePath().getParent()).orElse(file);
        for (Path part : file) {
            if (part.toString().equals("~")) {
                return "~ is a folder's name here: write out the path of your home";
            }
        }
        if (!Files.isDirectory(folder)) {
            return "there is no folder " + folder + " either";
        }
        try (var neighbours = Files.list(folder)) {
            var names = neighbours.map(path -> path.getFileName().toString()).toList();
            return nearest(names, String.valueOf(file.getFileName()))
                    .map(name -> "did you mean '" + name + "'?")
                    .orElse("looked in " + folder.normalize()
                            + (file.endsWith("cluster.yaml") ? "; lab init writes one" : ""));
        } catch (IOException e) {
            return "";
        }
    }

    /** The nearest of the valid names, when it is near enough to be a typo; upper and lower case count as the same. */
    public static Optional<String> nearest(Collection<String> valid, String typed) {
        var near = Math.max(1, typed.length() / 3);
        return valid.stream()
                .filter(name -> Math.abs(name.length() - typed.length()) <= near)
                .filter(name -> distance(name, typed) <= near)
                .min(Comparator.comparingInt(name -> distance(name, typed)));
    }

    /** Insertions, deletions, replacements and swaps of neighbours (optimal string alignment). */
    static int distance(String one, String other) {
        var a = one.toLowerCase(Locale.ROOT);
        var b = other.toLowerCase(Locale.ROOT);
        var steps = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                steps[i][j] = i == 0 || j == 0 ? i + j : cheapest(steps, a, b, i, j);
            }
        }
        return steps[a.length()][b.length()];
    }

    private static int cheapest(int[][] steps, String a, String b, int i, int j) {
        var replaced = steps[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        var best = Math.min(replaced, Math.min(steps[i - 1][j], steps[i][j - 1]) + 1);
        var swapped = i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
        return swapped ? Math.min(best, steps[i - 2][j - 2] + 1) : best;
    }
}

package vmlab.image;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import vmlab.run.AtomicFile;
import vmlab.run.LabFailure;
import vmlab.spec.Recipe;

/**
 * {@code debian.lock.yaml}: the very packages that a recipe took on one day, and may be built from on any other.
 *
 * @param asked what the recipe asked for; where it asks for something else today, the lock does not fit
 * @param packages what it got
 */
@JsonPropertyOrder({"apiVersion", "recipe", "asked", "packages"})
record Lock(String apiVersion, String recipe, Map<String, String> asked, List<Item> packages) {

    private static final String VERSION = "lab-lock/v1";
    private static final YAMLMapper YAML = YAMLMapper.builder()
            .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
            .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
            .disable(YAMLGenerator.Feature.SPLIT_LINES)
            .build();

    /**
     * A package.
     *
     * @param from where it was: debian, security, or the number of the recipe's source
     * @param path below that place
     */
    @JsonPropertyOrder({"name", "version", "arch", "sha256", "from", "path"})
    record Item(String name, String version, String arch, String sha256, String from, String path) {

        static Item of(String line) {
            String[] words = line.split(" ");
            if (words.length != 6) {
                throw new IllegalArgumentException("no line of a lock: " + line);
            }
            return new Item(words[0], words[1], words[2], words[3], words[4], words[5]);
        }

        String line() {
            return String.join(" ", name, version, arch, sha256, from, path);
        }
    }

    /** Where a recipe's lock lies: beside it. */
    static Path fileOf(Recipe recipe) {
        String name = recipe.file().getFileName().toString().replaceFirst("\\.ya?ml$", "");
        return recipe.file().resolveSibling(name + ".lock.yaml");
    }

    static Lock of(Recipe recipe, List<String> lines) {
        return new Lock(
                VERSION,
                recipe.name(),
                asked(recipe),
                lines.stream()
                        .map(Item::of)
                        .sorted(java.util.Comparator.comparing(Item::name))
                        .toList());
    }

    static Lock read(Path file) {
        try {
            var lock = YAML.readValue(Files.readString(file), Lock.class);
            if (VERSION.equals(lock.apiVersion()) && !lock.packages().isEmpty()) {
                return lock;
            }
            throw unreadable(file, "it does not start with apiVersion: " + VERSION);
        } catch (JacksonException | NullPointerException error) {
            throw unreadable(
                    file,
                    error instanceof JacksonException bad ? bad.getOriginalMessage() : "something is missing in it");
        } catch (IOException error) {
            throw unreadable(file, Files.exists(file) ? String.valueOf(error) : "there is no such file");
        }
    }

    private static LabFailure unreadable(Path file, String why) {
        return LabFailure.input("the lock " + file + " can't be used", why, "lab image lock RECIPE writes one");
    }

    void write(Path file) throws IOException {
        AtomicFile.write(
                file,
                "# Written by `lab image lock`; `lab image build --locked` builds from it.\n"
                        + YAML.writeValueAsString(this));
    }

    /** Refuses a recipe that asks for something else than it did. */
    void mustFit(Recipe recipe, Path file) {
        var now = asked(recipe);
        if (!asked.equals(now)) {
            throw LabFailure.input(
                    "the lock " + file + " does not fit the recipe " + recipe.name(),
                    String.join("; ", differences(now)),
                    "lab image lock " + recipe.file() + " writes one that does");
        }
    }

    private List<String> differences(Map<String, String> now) {
        var names = new TreeSet<>(asked.keySet());
        names.addAll(now.keySet());
        return names.stream()
                .filter(name -> !asked.getOrDefault(name, "").equals(now.getOrDefault(name, "")))
                .map(name -> difference(name, asked.getOrDefault(name, ""), now.getOrDefault(name, "")))
                .toList();
    }

    private static String difference(String name, String then, String now) {
        var more = new TreeSet<>(List.of(now.split(" ")));
        var less = new TreeSet<>(List.of(then.split(" ")));
        more.removeAll(List.of(then.split(" ")));
        less.removeAll(List.of(now.split(" ")));
        return name + ": the recipe " + (more.isEmpty() ? "" : "now has " + String.join(" ", more))
                + (more.isEmpty() || less.isEmpty() ? "" : ", ")
                + (less.isEmpty() ? "" : "no longer has " + String.join(" ", less));
    }

    private static Map<String, String> asked(Recipe recipe) {
        var asked = new TreeMap<String, String>();
        asked.put("base", recipe.base() + " " + recipe.suite());
        asked.put("kernel", recipe.kernel());
        asked.put("packages", String.join(" ", new TreeSet<>(recipe.packages())));
        for (int i = 0; i < recipe.sources().size(); i++) {
            var source = recipe.sources().get(i);
            asked.put(
                    "source " + (i + 1),
                    String.join(
                                    " ",
                                    source.url().orElse("debian"),
                                    source.suite(),
                                    String.join(",", source.components()))
                            .strip());
        }
        return asked;
    }

    /** The packages as the build script reads them. */
    List<String> lines() {
        return packages.stream().map(Item::line).toList();
    }

    String digest() {
        return new Digester().addAll(lines()).hex();
    }
}

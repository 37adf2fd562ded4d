package vmlab.spec;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Lays a recipe over the one that it extends. Each value keeps the place where it was written, so messages name the right file. */
final class Ancestry {

    private static final Type<String> SIBLING = Type.matching(
            Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]*"),
            "the name of another recipe in the same folder: debian.yaml");

    private final Problems problems;
    private final LinkedHashSet<Path> line = new LinkedHashSet<>();

    private Ancestry(Problems problems) {
        this.problems = problems;
    }

    /** Empty when a parent can't be had: every key that it would have given would else be called missing. */
    static Optional<Value.Entries> of(Path file, Problems problems) {
        return new Ancestry(problems).trace(file);
    }

    private Optional<Value.Entries> trace(Path file) {
        line.add(AbsolutePath.of(file));
        return YamlReader.read(file, problems).flatMap(own -> {
            var fields = new Fields(own, problems);
            ApiVersion.require(ApiVersion.RECIPE, fields);
            if (!fields.has("extends")) {
                return Optional.of(own);
            }
            return fields.read("extends", SIBLING)
                    .flatMap(name -> parent(fields, file, name))
                    .map(parent -> over(parent, own));
        });
    }

    private Optional<Value.Entries> parent(Fields fields, Path file, String name) {
        var parent = file.resolveSibling(name);
        if (line.contains(AbsolutePath.of(parent))) {
            var names = line.stream().map(path -> path.getFileName().toString()).collect(Collectors.joining(" → "));
            fields.problem("extends", "goes round: " + names + " → " + name, "remove one of them");
            return Optional.empty();
        }
        if (!Files.exists(parent)) {
            fields.problem(
                    "extends",
                    "there is no file " + parent,
                    Shipped.insteadOf(parent)
                            .map(own -> "a recipe extends one beside it: cp -r %s/. %s"
                                    .formatted(
                                            own.getParent(),
                                            AbsolutePath.of(file).getParent()))
                            .orElseGet(() -> Suggestion.forMissing(parent)));
            return Optional.empty();
        }
        return trace(parent).map(Ancestry::withoutName);
    }

    /** A name is a recipe's own: two images must not share it. */
    private static Value.Entries withoutName(Value.Entries recipe) {
        var entries = new LinkedHashMap<>(recipe.byKey());
        entries.remove("name");
        return new Value.Entries(recipe.place(), recipe.path(), entries);
    }

    /** Mappings are merged, packages are added, anything else is replaced; k0s, being a choice of one, too. */
    private static Value.Entries over(Value.Entries parent, Value.Entries child) {
        var merged = new LinkedHashMap<>(parent.byKey());
        child.byKey().forEach((key, entry) -> merged.merge(key, entry, (old, own) -> merge(key, old, own)));
        return new Value.Entries(child.place(), child.path(), merged);
    }

    private static Value.Entry merge(String key, Value.Entry old, Value.Entry own) {
        if (key.equals("packages")
                && old.value() instanceof Value.Items ours
                && own.value() instanceof Value.Items its) {
            var all = new ArrayList<>(ours.values());
            all.addAll(its.values());
            return new Value.Entry(own.key(), new Value.Items(its.place(), its.path(), all));
        }
        if (!key.equals("k0s")
                && old.value() instanceof Value.Entries ours
                && own.value() instanceof Value.Entries its) {
            return new Value.Entry(own.key(), over(ours, its));
        }
        return own;
    }
}

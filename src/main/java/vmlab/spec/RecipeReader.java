package vmlab.spec;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads an image recipe, once what it extends is laid under it. */
final class RecipeReader {

    private static final Pattern CRYPT = Pattern.compile("\\$[0-9a-z]{1,3}\\$[!-9;-~]{20,}");

    private static final Type<String> HOSTNAME = Type.matching(
            Pattern.compile("(?:[a-z]|\\{name})(?:[a-z0-9-]|\\{(?:name|suite|digest)}){0,29}"),
            "a host name; it may hold {name}, {suite} and {digest}");
    private static final Type<String> MODULES = Type.matching(
            Pattern.compile("[a-z0-9][A-Za-z0-9_-]*(?:/[A-Za-z0-9][A-Za-z0-9._-]*)*"),
            "a path below the modules' kernel folder: drivers/gpu");

    private RecipeReader() {}

    static Type<Recipe> of(Path file) {
        return Type.mapping(fields -> read(file, fields));
    }

    private static Recipe read(Path file, Fields fields) {
        fields.value("apiVersion"); // seen by Ancestry, in each of the files
        fields.value("extends");
        var name = fields.require("name", Names.NAME, "debian");
        var base = fields.require("base", Type.oneOf(List.of(Base.values())), "apt");
        var suite = fields.require("suite", Names.MODULE, "trixie");
        var sources = fields.read("sources", SourcesReader.SOURCES).orElse(List.of());
        var kernel = fields.require("kernel", Names.PACKAGE, "linux-image-cloud-amd64");
        var removed =
                fields.read("modules", Type.mapping(RecipeReader::removed)).orElse(List.of());
        var packages = fields.read("packages", Type.listOf(Names.PACKAGE)).orElse(List.of());
        var overlays = fields.read("overlay", Type.listOf(Neighbour.FOLDER)).orElse(List.of());
        var initrd = fields.read("initrd", Type.mapping(RecipeReader::initrd)).orElse(Initrd.EMPTY);
        var services =
                fields.read("services", Type.mapping(RecipeReader::services)).orElse(Map.of());
        var steps = fields.read("steps", SourcesReader.STEPS).orElse(List.of());
        var password =
                fields.read("password", Type.text().as(RecipeReader::password)).orElse(Optional.empty());
        var hostname = fields.read("hostname", HOSTNAME).orElse(Recipe.DEFAULT_HOSTNAME);
        var k0s = fields.require("k0s", K0sReader.TYPE, "{version: v1.36.3+k0s.2}");
        return new Recipe(
                name.orElse(""),
                base.orElse(Base.APT),
                suite.orElse(""),
                sources,
                packages.stream().distinct().toList(),
                overlays,
                k0s.orElse(new K0sSource.Built(file)),
                services,
                kernel.orElse(""),
                removed,
                initrd.drivers(),
                initrd.modules(),
                steps,
                password,
                hostname,
                AbsolutePath.of(file));
    }

    private record Initrd(List<String> modules, List<String> drivers) {
        private static final Initrd EMPTY = new Initrd(List.of(), List.of());
    }

    private static Initrd initrd(Fields fields) {
        return new Initrd(
                fields.read("modules", Type.listOf(Names.MODULE)).orElse(List.of()),
                fields.read("drivers", Type.listOf(Names.MODULE)).orElse(List.of()));
    }

    private static List<String> removed(Fields fields) {
        return fields.read("remove", Type.listOf(MODULES)).orElse(List.of());
    }

    private static Map<String, List<String>> services(Fields fields) {
        var services = new LinkedHashMap<String, List<String>>();
        for (var runlevel : Recipe.RUNLEVELS) {
            fields.read(runlevel, Type.listOf(Names.MODULE)).ifPresent(names -> services.put(runlevel, names));
        }
        return services;
    }

    /** A password in plain text is refused without repeating it. */
    private static Optional<String> password(String text) {
        if (text.equals("none")) {
            return Optional.empty();
        }
        if (!CRYPT.matcher(text).matches()) {
            throw new InvalidValue("is neither none nor a hash", "make one: openssl passwd -6");
        }
        return Optional.of(text);
    }
}

package vmlab.spec;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads {@code sources} and {@code steps} of a recipe. */
final class SourcesReader {

    /** Where packages come from. */
    static final Type<List<PackageSource>> SOURCES = Type.listOf(Type.mapping(SourcesReader::source));

    /** What is done in the new root. */
    static final Type<List<ChrootStep>> STEPS = Type.listOf(Type.mapping(SourcesReader::step));

    private static final Type<String> URL = Type.matching(
            Pattern.compile("(?:https?|file|copy)://[^\\s|'\"]+"), "an address: https://example.org/debian");
    private static final Type<String> STEP_NAME = Type.matching(
            Pattern.compile("[A-Za-z0-9][A-Za-z0-9 ,.:()_-]{0,59}"),
            "a few words of letters, digits and spaces, at most 60 characters");
    private static final Type<Boolean> YES_OR_NO = Type.oneOf(List.of(true, false));

    private SourcesReader() {}

    private static PackageSource source(Fields fields) {
        var url = fields.read("url", URL);
        var suite = fields.read("suite", Names.MODULE);
        var components = fields.read("components", Type.listOf(Names.MODULE)).orElse(List.of());
        var key = fields.read("key", Neighbour.FILE);
        boolean trusted = fields.read("trusted", YES_OR_NO).orElse(false);
        if (!fields.has("url") && !fields.has("suite")) {
            fields.problem("url", "is missing, and so is suite", "write url: https://… or suite: trixie-backports");
        }
        if (trusted && key.isPresent()) {
            fields.problem("trusted", "belongs to a source without a key", "remove one of them");
        }
        return new PackageSource(url, suite.orElse(""), components, key, trusted);
    }

    private static ChrootStep step(Fields fields) {
        Optional<String> name = fields.require("name", STEP_NAME, "what it does");
        Optional<String> run = fields.require("run", Type.text(), "a command");
        return new ChrootStep(name.orElse(""), run.orElse(""));
    }
}

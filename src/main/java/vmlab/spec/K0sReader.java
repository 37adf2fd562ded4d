package vmlab.spec;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** Reads a recipe's {@code k0s}: exactly one of version, file and build. */
final class K0sReader {

    static final Type<K0sSource> TYPE = Type.mapping(K0sReader::read);

    private static final String ONE_OF = "write one of version: v1.36.3+k0s.2, file: ./k0s or build: path/build.sh";
    private static final Type<String> VERSION = Type.matching(
            Pattern.compile("v[0-9]+\\.[0-9]+\\.[0-9]+(?:-[a-z]+\\.[0-9]+)?\\+k0s\\.[0-9]+"),
            "write it like v1.36.3+k0s.2");
    private static final Type<String> SHA256 = Type.matching(
                    Pattern.compile("[0-9a-fA-F]{64}"), "64 hexadecimal digits: sha256sum prints them")
            .as(digits -> digits.toLowerCase(Locale.ROOT));

    private K0sReader() {}

    private static K0sSource read(Fields fields) {
        var version = fields.read("version", VERSION);
        var file = fields.read("file", Neighbour.FILE);
        var build = fields.read("build", Neighbour.FILE);
        var sha256 = fields.read("sha256", SHA256);
        var images = fields.read("images", Type.listOf(Neighbour.FILE)).orElse(List.of());
        var sources =
                List.of("version", "file", "build").stream().filter(fields::has).toList();
        if (sources.size() != 1) {
            fields.problem(sources.isEmpty() ? "says no source" : "has " + String.join(" and ", sources), ONE_OF);
        }
        if (fields.has("images") && !fields.has("file")) {
            fields.problem("images", "belongs to file only", "remove it, or give file");
        }
        if (fields.has("sha256") && fields.has("build")) {
            fields.problem("sha256", "has no use: what build makes is built here", "remove it");
        }
        return version.<K0sSource>map(released -> new K0sSource.Release(released, sha256))
                .or(() -> file.map(binary -> new K0sSource.LocalFile(binary, sha256, images)))
                .or(() -> build.map(K0sSource.Built::new))
                .orElse(new K0sSource.Release("", sha256));
    }
}

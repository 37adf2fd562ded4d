package vmlab.spec;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The name of a container image, in full: {@code nginx} is {@code docker.io/library/nginx:latest}. The grammar is that of the
 * distribution project's reference package, which containerd, docker and podman share.
 *
 * @param registry host, with a port where it has one
 * @param repository the path below it
 * @param tag empty where only the digest counts
 * @param digest {@code sha256:…} of the manifest, or empty
 */
public record ImageName(String registry, String repository, String tag, String digest) {

    private static final String LABEL = "[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?";
    private static final String HOST = LABEL + "(?:\\." + LABEL + ")*(?::[0-9]{1,5})?";
    private static final String PART = "[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*";

    /** The path of a repository. */
    public static final String REPOSITORY = PART + "(?:/" + PART + ")*";

    /** A tag. */
    public static final String TAG = "[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}";

    /** A digest that lab can check. */
    public static final String DIGEST = "sha256:[0-9a-f]{64}";

    private static final Pattern SYNTAX =
            Pattern.compile("(?:(" + HOST + ")/)?(" + REPOSITORY + ")(?::(" + TAG + "))?(?:@(" + DIGEST + "))?");
    private static final int LONGEST = 255;
    private static final int LAST_PORT = 65535;
    private static final String HUB = "docker.io";
    private static final String VALID = "write it like registry.example/team/app:1.2, or nginx for docker.io's";

    /**
     * Reads a name as docker and Kubernetes do.
     *
     * @throws InvalidValue when it is none
     */
    public static ImageName parse(String text) {
        Matcher match = SYNTAX.matcher(text);
        if (text.length() > LONGEST || !match.matches()) {
            throw new InvalidValue("'" + text + "' is no name of an image", VALID);
        }
        String host = Optional.ofNullable(match.group(1)).orElse("");
        String path = match.group(2);
        if (host.contains(":") && Integer.parseInt(host.substring(host.indexOf(':') + 1)) > LAST_PORT) {
            throw new InvalidValue("'" + text + "' is no name of an image", VALID);
        }
        if (!host.isEmpty() && !isHost(host)) {
            if (!host.matches(PART)) {
                throw new InvalidValue("'" + text + "' is no name of an image", VALID);
            }
            path = host + "/" + path;
            host = "";
        }
        if (host.isEmpty() || host.equals("index." + HUB)) {
            host = HUB;
        }
        if (host.equals(HUB) && !path.contains("/")) {
            path = "library/" + path;
        }
        String digest = Optional.ofNullable(match.group(4)).orElse("");
        String tag = Optional.ofNullable(match.group(3)).orElse(digest.isEmpty() ? "latest" : "");
        return new ImageName(host, path, tag, digest);
    }

    /** The same, where there is one. */
    public static Optional<ImageName> find(String text) {
        try {
            return Optional.of(parse(text));
        } catch (InvalidValue none) {
            return Optional.empty();
        }
    }

    /** What comes before the first slash is a registry's host only where it could be nothing else. */
    private static boolean isHost(String first) {
        return first.contains(".")
                || first.contains(":")
                || first.equals("localhost")
                || !first.equals(first.toLowerCase(java.util.Locale.ROOT));
    }

    /** What its registry is asked for: the digest where it has one. */
    public String reference() {
        return digest.isEmpty() ? tag : digest;
    }

    /** The name in full, as the store has it. */
    @Override
    public String toString() {
        return registry + "/" + repository + (tag.isEmpty() ? "" : ":" + tag) + (digest.isEmpty() ? "" : "@" + digest);
    }
}

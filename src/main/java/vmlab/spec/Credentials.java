package vmlab.spec;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Who asks an http or https server, taken out of the URL that said so: {@code https://NAME:PASSWORD@host/…} or {@code https://TOKEN@host/…}.
 * A URL is shown, noted and passed on; this never is.
 *
 * @param line as git-credential-store reads it; a token alone is a name with an empty password
 */
public record Credentials(String line) {

    /** What stands in their place wherever they would be shown. */
    public static final String HIDDEN = "[secret]";

    private static final Pattern URL = Pattern.compile("(https?://)([^/]+)@([^/@]+)(/.*)?", Pattern.DOTALL);

    /** Anybody at http's servers, whom a token names; elsewhere only one with a password: {@code ssh://git@host} keeps nothing secret. */
    private static final Pattern SHOWN = Pattern.compile(
            "(?i)(?<=https?:/{1,2})[^/?#\\v\"'<>]+(?=@)|(?<=[a-z]://)[^/?#@:\\s\"'<>]*:[^/?#\\s\"'<>]+(?=@)");

    /** Those in {@code url}. */
    static Optional<Credentials> in(String url) {
        Matcher parts = URL.matcher(url);
        if (!parts.matches()) {
            return Optional.empty();
        }
        String who = parts.group(2);
        return Optional.of(
                new Credentials(parts.group(1) + who + (who.contains(":") ? "" : ":") + "@" + parts.group(3)));
    }

    /** The URL without any. */
    static String without(String url) {
        return URL.matcher(url).replaceFirst("$1$3$4");
    }

    /** A text in which all URLs are shown without theirs. */
    public static String hiddenIn(String text) {
        return text.contains("@") ? SHOWN.matcher(text).replaceAll(HIDDEN) : text;
    }

    @Override
    public String toString() {
        return HIDDEN;
    }
}

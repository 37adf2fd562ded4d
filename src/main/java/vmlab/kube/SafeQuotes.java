package vmlab.kube;

import com.fasterxml.jackson.dataformat.yaml.util.StringQuotingChecker;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Puts a string in quotes unless every reader of YAML takes it for one: to some {@code 123e4}, {@code 0x1F}, {@code 1_000}, {@code 0o17},
 * {@code 1:30}, {@code y} or {@code 2026-01-01} are numbers, truths or dates.
 */
final class SafeQuotes extends StringQuotingChecker {

    private static final long serialVersionUID = 1L;

    /** Words, paths, URLs, base64 that begins with a letter; and addresses, which have too many dots for a number. */
    private static final Pattern PLAIN = Pattern.compile(
            "[A-Za-z/](?:[A-Za-z0-9_./:@=+-]*[A-Za-z0-9_./@=+-])?|[0-9]{1,3}(?:\\.[0-9]{1,3}){3}(?:/[0-9]{1,2})?");

    private static final Set<String> WORDS = Set.of("true", "false", "yes", "no", "on", "off", "y", "n", "null");

    @Override
    public boolean needToQuoteName(String name) {
        return needToQuoteValue(name);
    }

    @Override
    public boolean needToQuoteValue(String value) {
        return !PLAIN.matcher(value).matches() || WORDS.contains(value.toLowerCase(Locale.ROOT));
    }
}

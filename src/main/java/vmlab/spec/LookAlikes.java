package vmlab.spec;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Characters that look like others or like nothing, and mean neither to YAML: no-break spaces of web pages and keyboards, quotes and dashes
 * of word processors, colons of input methods.
 */
final class LookAlikes {

    private static final String UNSEEN =
            "\\u00A0\\u00AD\\u1680\\u2000-\\u200F\\u2028-\\u202F\\u205F-\\u206F\\u3000\\uFEFF";
    private static final String QUOTES_AND_DASHES = "\\u2010-\\u2015\\u2018-\\u201F\\u2212";
    private static final String FULL_WIDTH = "\\uFF02\\uFF03\\uFF07\\uFF0C\\uFF0D\\uFF1A\\uFF3B\\uFF3D\\uFF5B\\uFF5D";

    private static final Pattern ANY = Pattern.compile("[" + UNSEEN + QUOTES_AND_DASHES + FULL_WIDTH + "]");
    private static final Pattern INVISIBLE = Pattern.compile("[" + UNSEEN + "]");

    /** What to do about them. */
    static final String CURE = "type it anew on a plain keyboard, or put the value in quotes where it is meant";

    private LookAlikes() {}

    /** Where the first one is; -1 where there is none. */
    static int in(String text) {
        var match = ANY.matcher(text);
        return match.find() ? match.start() : -1;
    }

    /** What is said of the one at {@code index}: {@code has a no-break space (U+00A0)}. */
    static String found(String text, int index) {
        var character = text.charAt(index);
        var name = Optional.ofNullable(Character.getName(character))
                .orElse("character")
                .toLowerCase(Locale.ROOT);
        return "has %s %s (%s)".formatted("aeiou".indexOf(name.charAt(0)) < 0 ? "a" : "an", name, code(character));
    }

    /** A text in which those that nobody would see can be seen: {@code cp<U+00A0>}. */
    static String shown(String text) {
        return INVISIBLE
                .matcher(text)
                .replaceAll(unseen -> "<" + code(unseen.group().charAt(0)) + ">");
    }

    private static String code(char character) {
        return "U+%04X".formatted((int) character);
    }
}

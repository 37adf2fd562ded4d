package vmlab.run;

import java.util.HexFormat;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Words that others wrote, guests above all, made fit to be shown: they steer no terminal and can't pass for other words. Colours go;
 * characters that are not seen, C1's and those that change the direction of writing among them, stand there as their numbers.
 */
public final class Printable {

    private static final Pattern STEERING = Pattern.compile("\u001b(\\[[0-9;?]*[A-Za-z]|c)|\r(?=\n)");
    private static final Pattern UNSEEN = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}&&[^\n\t]]");
    private static final Pattern BLANK = Pattern.compile("\\s");

    /** What JSON does not escape by itself. */
    private static final Pattern UNSEEN_IN_JSON = Pattern.compile("[\\x7f-\\x9f\\p{Cf}\\p{Zl}\\p{Zp}]");

    private Printable() {}

    /** A text of lines. */
    public static String text(String text) {
        return UNSEEN.matcher(STEERING.matcher(text).replaceAll("")).replaceAll(Printable::number);
    }

    /** One line of at most {@code most} characters. */
    public static String line(String text, int most) {
        String line = text(BLANK.matcher(text).replaceAll(" ").strip());
        return line.length() <= most ? line : line.substring(0, most) + "…";
    }

    /** A JSON document, in which only texts can hold such characters. */
    public static String json(String document) {
        return UNSEEN_IN_JSON.matcher(document).replaceAll(found -> numbers(found.group()));
    }

    private static String number(MatchResult found) {
        char first = found.group().charAt(0);
        return first < 0x100 ? "\\\\x" + HexFormat.of().toHexDigits((byte) first) : numbers(found.group());
    }

    private static String numbers(String unseen) {
        return unseen.chars()
                .mapToObj(unit -> "\\\\u" + HexFormat.of().toHexDigits((char) unit))
                .collect(Collectors.joining());
    }
}

package vmlab.cli;

import java.util.Arrays;
import java.util.IllegalFormatException;
import java.util.List;
import picocli.CommandLine.Help.Ansi;

/** Texts of the help as they are shown: picocli takes them for formats where they are such, and markup for styles. */
final class HelpText {

    private HelpText() {}

    static List<String> lines(String... texts) {
        return Arrays.stream(texts).map(HelpText::plain).toList();
    }

    /** The first sentence, without its full stop. */
    static String first(String... texts) {
        return texts.length == 0 ? "" : plain(texts[0]).replaceAll("(?<=[^.])\\.( .*)?$", "");
    }

    private static String plain(String text) {
        try {
            return Ansi.OFF.text(text.formatted()).toString();
        } catch (IllegalFormatException noFormat) {
            return Ansi.OFF.text(text).toString();
        }
    }
}

package vmlab.suite.conformance;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import vmlab.spec.InvalidValue;

/**
 * One of several equal parts of a run, each for a lab of its own.
 *
 * @param number from 1 to {@code of}
 */
public record Shard(int number, int of) {

    /** All of it. */
    public static final Shard WHOLE = new Shard(1, 1);

    private static final Pattern TEXT = Pattern.compile("([0-9]{1,3})/([0-9]{1,3})");

    /** As the command line has it: {@code 2/3}. */
    public static Shard parse(String text) {
        Matcher match = TEXT.matcher(text);
        if (match.matches()) {
            Shard shard = new Shard(Integer.parseInt(match.group(1)), Integer.parseInt(match.group(2)));
            if (shard.number >= 1 && shard.number <= shard.of) {
                return shard;
            }
        }
        throw new InvalidValue("'" + text + "' is no part of a whole", "1/3, 2/3 and 3/3 are the parts of three");
    }

    /** Its part of {@code all}: every so-manieth, so that long neighbours are shared out. */
    List<String> of(List<String> all) {
        return IntStream.range(0, all.size())
                .filter(index -> index % of == number - 1)
                .mapToObj(all::get)
                .toList();
    }
}

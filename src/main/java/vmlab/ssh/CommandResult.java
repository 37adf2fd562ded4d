package vmlab.ssh;

import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * How a command on a node ended.
 *
 * @param exit its exit status; 128 + n where signal n ended it, -1 where the connection broke first
 * @param output what it wrote to stdout
 * @param errors what it wrote to stderr
 */
public record CommandResult(int exit, byte[] output, byte[] errors) {

    /** stdout as UTF-8 text. */
    public String stdout() {
        return new String(output, StandardCharsets.UTF_8);
    }

    /** stderr as UTF-8 text. */
    public String stderr() {
        return new String(errors, StandardCharsets.UTF_8);
    }

    /** The last {@code count} lines of stderr; of stdout where stderr is empty. */
    public String lastLines(int count) {
        List<String> lines =
                (stderr().isBlank() ? stdout() : stderr()).strip().lines().toList();
        return String.join("\n", lines.subList(Math.max(0, lines.size() - count), lines.size()));
    }
}

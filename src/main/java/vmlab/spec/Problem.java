package vmlab.spec;

import java.nio.file.Path;

/**
 * One thing wrong with a file.
 *
 * @param file the file as the user named it, or the one that it extends
 * @param line from 1; 0 when it concerns the file as a whole
 * @param column from 1; 0 when it concerns the file as a whole
 * @param path where in the YAML: {@code nodes[1].memory}; empty for the file as a whole
 * @param what what was found
 * @param valid what would be valid there, or what to write instead; may be empty
 */
public record Problem(Path file, int line, int column, String path, String what, String valid) {

    /** One line: {@code cluster.yaml:7:13: nodes[1].memory: '3G' does not say which gigabyte; write 3GiB or 3GB}. */
    public String render() {
        var text = new StringBuilder(file.toString());
        if (line > 0) {
            text.append(':').append(line).append(':').append(column);
        }
        text.append(": ");
        if (!path.isEmpty()) {
            text.append(path).append(": ");
        }
        text.append(what);
        if (!valid.isEmpty()) {
            text.append("; ").append(valid);
        }
        return text.toString();
    }
}

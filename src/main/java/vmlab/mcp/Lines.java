package vmlab.mcp;

import java.io.BufferedReader;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import vmlab.run.Printable;

/** The last lines of what a command writes, without the characters that steer a terminal. */
final class Lines {

    /** What is kept where nobody asks for more. */
    static final int MOST = 60;

    private final int most;
    private final Consumer<String> listener;
    private final Deque<String> last = new ArrayDeque<>();

    /** Keeps that many, and tells {@code listener} of each. */
    Lines(int most, Consumer<String> listener) {
        this.most = most;
        this.listener = listener;
    }

    /** Reads to the end. */
    void read(BufferedReader reader) {
        try (reader) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                add(Printable.text(line));
            }
        } catch (IOException ended) {
            return;
        }
    }

    private void add(String line) {
        if (last.size() == most) {
            last.removeFirst();
        }
        last.addLast(line);
        listener.accept(line);
    }

    /** All that is kept. */
    String text() {
        return last.stream().collect(Collectors.joining("\n")).strip();
    }
}

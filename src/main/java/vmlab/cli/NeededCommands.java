package vmlab.cli;

import java.util.List;
import java.util.Optional;

/**
 * Which commands a command line can need: picocli reads the annotations of each that it is given, and all of lab's cost more time than most of
 * them take.
 */
final class NeededCommands {

    private NeededCommands() {}

    /** The one that is plainly named, or none; empty where help, a mistake or an alias may need all. */
    static Optional<List<Class<?>>> of(String... arguments) {
        int first = 0;
        while (first < arguments.length && arguments[first].startsWith("--connect")) {
            first += arguments[first].equals("--connect") ? 2 : 1;
        }
        if (first >= arguments.length) {
            return Optional.empty();
        }
        String word = arguments[first];
        if (arguments.length == 1 && (word.equals("--version") || word.equals("-V"))) {
            return Optional.of(List.of());
        }
        // A loop: what streams and lambdas take to begin is a tenth of this process's time.
        for (Class<?> command : Lab.COMMANDS) {
            if (command.getSimpleName().equalsIgnoreCase(word + "Command")) {
                return Optional.of(List.of(command));
            }
        }
        return Optional.empty();
    }
}

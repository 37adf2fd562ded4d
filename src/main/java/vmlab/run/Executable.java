package vmlab.run;

import java.util.List;
import java.util.stream.Stream;

/**
 * This very program, to be started once more beside itself.
 *
 * @param words its command line as far as the name of the class that it runs
 */
public record Executable(List<String> words) {

    /** The class that it runs. */
    public static final String MAIN_CLASS = "vmlab.cli.Main";

    /** Copies its list. */
    public Executable {
        words = List.copyOf(words);
    }

    /** The one that runs, with the flags that it runs with, the launcher's cache of loaded classes among them. */
    public static Executable ofThisProcess() {
        ProcessHandle.Info self = ProcessHandle.current().info();
        return new Executable(Stream.concat(
                        Stream.of(self.command().orElse("java")),
                        Stream.of(self.arguments().orElse(new String[0]))
                                .takeWhile(argument -> !argument.equals(MAIN_CLASS)))
                .toList());
    }
}

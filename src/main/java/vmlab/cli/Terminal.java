package vmlab.cli;

import com.sun.jna.Function;
import com.sun.jna.NativeLong;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;
import vmlab.run.Environment;

/** What stderr is connected to. */
final class Terminal {

    private static final int USUAL_WIDTH = 100;
    private static final int STDOUT = 1;
    private static final int STDERR = 2;

    /** TIOCGWINSZ */
    private static final NativeLong GET_WINDOW_SIZE = new NativeLong(0x5413);

    private Terminal() {}

    /** Whether stderr is a terminal: {@code System.console()} answers only for stdin and stdout. */
    static boolean isStderr() {
        return isTerminal(STDERR);
    }

    /** Whether stdout is one; {@code System.console()} wants stdin to be one too. */
    static boolean isStdout() {
        return isTerminal(STDOUT);
    }

    private static boolean isTerminal(int descriptor) {
        try {
            String target = Files.readSymbolicLink(Path.of("/proc/self/fd", "" + descriptor))
                    .toString();
            return (target.startsWith("/dev/pts/") || target.startsWith("/dev/tty"))
                    && !"dumb".equals(System.getenv("TERM"));
        } catch (IOException unknown) {
            return false;
        }
    }

    /** The size of the terminal that stdin is connected to, as stty sets it: {@code rows 24 cols 80}; empty where it is none. */
    static Optional<String> size() throws InterruptedException {
        return stty("size").filter(said -> !said.equals("0 0")).map(said -> "rows " + said.replace(" ", " cols "));
    }

    /** Lets the one that stdin is hand on each key as it is typed; what {@link #restore} wants, or empty where it is none. */
    static Optional<String> raw() throws InterruptedException {
        Optional<String> before = stty("-g");
        if (before.isPresent()) {
            stty("raw", "-echo");
        }
        return before;
    }

    /** Sets it as it was. */
    static void restore(String before) throws InterruptedException {
        stty(before);
    }

    /** What stty says of the terminal that stdin is; empty where it is none. */
    private static Optional<String> stty(String... arguments) throws InterruptedException {
        try {
            Process stty = Environment.process(Stream.concat(Stream.of("stty"), Arrays.stream(arguments))
                            .toList())
                    .redirectInput(ProcessBuilder.Redirect.INHERIT)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            String said = new String(stty.getInputStream().readAllBytes(), StandardCharsets.US_ASCII).strip();
            return stty.waitFor() == 0 ? Optional.of(said) : Optional.empty();
        } catch (IOException none) {
            return Optional.empty();
        }
    }

    /** The width of the one that stderr is, in characters; now, for windows change. */
    static int width() {
        // struct winsize of ioctl_tty(2): rows, columns, and both in pixels
        short[] size = new short[4];
        int answer = Function.getFunction("c", "ioctl").invokeInt(new Object[] {STDERR, GET_WINDOW_SIZE, size});
        return answer == 0 && size[1] > 0 ? size[1] : USUAL_WIDTH;
    }
}

package vmlab;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** A command on a terminal of its own, with somebody typing; the terminal is util-linux' {@code script}'s. */
final class PseudoTerminal implements AutoCloseable {

    private static final long PATIENCE_SECONDS = 180;

    private final Path folder = Files.createTempDirectory("terminal");
    private final StringBuffer screen = new StringBuffer();
    private final Process script;
    private final OutputStream keys;

    /** Starts {@code scripts/lab} there, with what {@code lab} runs it with. */
    PseudoTerminal(LabCommand lab, String arguments) throws IOException {
        String shell =
                "cd '%1$s'; tty >tty; stty rows 24 cols 80; stty -g >before; '%2$s' --connect embedded %3$s; echo $? >exit;"
                        + " stty -g >after; stty size >size";
        ProcessBuilder builder = new ProcessBuilder(
                        "script",
                        "-qfec",
                        shell.formatted(folder, Path.of("scripts/lab").toAbsolutePath(), arguments),
                        "/dev/null")
                .redirectErrorStream(true);
        builder.environment().put("LAB_HOME", lab.home().toString());
        builder.environment().put("TERM", "xterm");
        script = builder.start();
        keys = script.getOutputStream();
        Thread.ofVirtual().start(this::read);
    }

    private void read() {
        try (InputStream shown = script.getInputStream()) {
            byte[] part = new byte[4096];
            for (int n = shown.read(part); n >= 0; n = shown.read(part)) {
                screen.append(new String(part, 0, n, StandardCharsets.ISO_8859_1));
            }
        } catch (IOException closed) {
            // The terminal is gone.
        }
    }

    void type(String text) throws IOException {
        keys.write(text.getBytes(StandardCharsets.US_ASCII));
        keys.flush();
    }

    /** Returns once the terminal shows {@code words} after what it showed when this was last asked. */
    void await(String words) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        int at;
        while ((at = screen.indexOf(words)) < 0) {
            if (System.nanoTime() > end) {
                throw new AssertionError("the terminal never showed '" + words + "' but:\n" + screen);
            }
            Thread.sleep(50);
        }
        screen.delete(0, at + words.length());
    }

    /** Gives the terminal another size, as a window that is drawn larger does. */
    void resize(int rows, int columns) throws IOException, InterruptedException {
        new ProcessBuilder("stty", "-F", told("tty"), "rows", "" + rows, "cols", "" + columns)
                .inheritIO()
                .start()
                .waitFor();
    }

    /** Waits for the command's end and returns its exit status. */
    int exit() throws InterruptedException {
        if (!script.waitFor(30, TimeUnit.SECONDS)) {
            throw new AssertionError("the command did not end; the terminal shows:\n" + screen);
        }
        return Integer.parseInt(told("exit"));
    }

    /** What was noted of the terminal: its settings {@code before} and {@code after}, its {@code size} at the end. */
    String told(String what) {
        try {
            return Files.readString(folder.resolve(what)).strip();
        } catch (IOException error) {
            throw new UncheckedIOException(error);
        }
    }

    @Override
    public void close() throws IOException {
        script.destroyForcibly();
        try (var files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(folder);
    }
}

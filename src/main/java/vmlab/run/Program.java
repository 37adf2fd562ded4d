package vmlab.run;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A program of this machine that asks nothing, run to its end. One that takes longer than {@code limit}, or whose caller is interrupted, is
 * ended with all that it started.
 */
public record Program(ProcessBuilder process, Duration limit) {

    /** Of what it writes the end is kept, so many bytes. */
    private static final int MOST = 16 << 20;

    /** How it ended; both its outputs in one text, without blanks around it. */
    public record Said(int exit, String text) {

        /** Whether it ended as one wishes. */
        public boolean isWell() {
            return exit == 0;
        }
    }

    /**
     * Runs it, however it ends.
     *
     * @throws IOException when it can't be started
     * @throws LabFailure when it does not end
     */
    public Said run() throws IOException, InterruptedException {
        return run("");
    }

    /** The same with something to read. */
    public Said run(String input) throws IOException, InterruptedException {
        Process running = process.redirectErrorStream(true).start();
        try {
            Thread.startVirtualThread(() -> tell(running, input));
            CompletableFuture<String> text = new CompletableFuture<>();
            Thread.startVirtualThread(() -> text.complete(read(running)));
            if (!running.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                throw endless();
            }
            return new Said(running.exitValue(), rest(text));
        } finally {
            running.descendants().forEach(ProcessHandle::destroyForcibly);
            running.destroyForcibly();
        }
    }

    private static void tell(Process running, String input) {
        try (OutputStream stream = running.getOutputStream()) {
            stream.write(input.getBytes(StandardCharsets.UTF_8));
        } catch (IOException deaf) {
            // It ended, or wants none of it; how it ends says the rest.
        }
    }

    private static String read(Process running) {
        try {
            return new String(end(running.getInputStream()), StandardCharsets.UTF_8).strip();
        } catch (IOException ended) {
            return "";
        }
    }

    private static byte[] end(InputStream stream) throws IOException {
        byte[] kept = stream.readNBytes(MOST);
        for (byte[] more = stream.readNBytes(MOST); more.length > 0; more = stream.readNBytes(MOST)) {
            int old = Math.min(kept.length, MOST - more.length);
            byte[] both = Arrays.copyOfRange(kept, kept.length - old, kept.length + more.length);
            System.arraycopy(more, 0, both, old, more.length);
            kept = both;
        }
        return kept;
    }

    /** What it left behind may still hold the pipe. */
    private static String rest(CompletableFuture<String> text) throws InterruptedException {
        try {
            return text.get(2, TimeUnit.SECONDS);
        } catch (TimeoutException held) {
            return "";
        } catch (ExecutionException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private LabFailure endless() {
        return LabFailure.machine(
                "%s did not end within %s".formatted(process.command().getFirst(), words(limit)),
                "it was ended: " + String.join(" ", process.command()),
                "run it by hand to see what it waits for, such as a disk or a network share that does not answer");
    }

    private static String words(Duration limit) {
        return limit.toMillis() < 1000 ? limit.toMillis() + " ms" : limit.toSeconds() + " s";
    }
}

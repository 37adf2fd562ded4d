package vmlab.suite.conformance;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import vmlab.image.E2eTests;
import vmlab.run.Environment;
import vmlab.site.FolderTree;

/**
 * One run of e2e.test.
 *
 * @param kubeconfig of the cluster
 * @param repositories where it finds the images of its containers, as its KUBE_TEST_REPO_LIST wants it; empty: at upstream's
 * @param folder what it writes goes there
 * @param pause how long to wait before who waits is asked again whether that makes sense
 */
record E2eRun(E2eTests tests, Path kubeconfig, Optional<Path> repositories, Folder folder, Duration pause) {

    /** As long as nobody asked: ginkgo's own limit is an hour. */
    private static final String NO_LIMIT = "-ginkgo.timeout=24h";

    private static final Pattern SPECIAL = Pattern.compile("[.^$*+?()\\[\\]{}|\\\\]");

    /** What ginkgo gets to clean up when it is told to end. */
    private static final Duration FAREWELL = Duration.ofSeconds(30);

    /**
     * Runs {@code specs}, all that are marked where there are none; each line goes to {@code listener}, and {@code tick} is called now and
     * then. Returns the exit status.
     */
    int run(List<String> specs, Consumer<String> listener, Runnable tick) throws IOException, InterruptedException {
        int before = folder.runs();
        ProcessBuilder process = Environment.process(List.of(
                        tests.binary().toString(),
                        "-kubeconfig=" + kubeconfig,
                        "-provider=local",
                        "-disable-log-dump",
                        "-kubectl-path=" + tests.folder().resolve("kubectl"),
                        "-report-dir=" + folder.path(),
                        "-report-prefix=" + (before == 0 ? "" : "again" + before + "_"),
                        "-ginkgo.v",
                        "-ginkgo.no-color",
                        NO_LIMIT,
                        "-ginkgo.focus=" + focus(specs)))
                .redirectErrorStream(true);
        repositories.ifPresent(file -> process.environment().put("KUBE_TEST_REPO_LIST", file.toString()));
        // It and the kubectl that it calls leave files there.
        Path scratch = Files.createDirectories(folder.path().resolve("tmp"));
        process.environment().put("TMPDIR", scratch.toString());
        Process running = process.start();
        Thread reader = Thread.ofVirtual().start(() -> read(running, listener));
        try {
            running.getOutputStream().close();
            while (!running.waitFor(pause)) {
                tick.run();
            }
            reader.join(FAREWELL);
            return running.exitValue();
        } finally {
            end(running);
            FolderTree.delete(scratch);
        }
    }

    /** Ginkgo removes what the spec has made when it is told to end, and ends at once when told again. */
    private static void end(Process running) {
        boolean interrupted = Thread.interrupted();
        running.destroy();
        try {
            running.waitFor(FAREWELL.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException again) {
            interrupted = true;
        }
        running.descendants().forEach(ProcessHandle::destroyForcibly);
        running.destroyForcibly();
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    static String focus(List<String> specs) {
        return specs.isEmpty()
                ? "\\[Conformance\\]"
                : specs.stream()
                        .map(name -> SPECIAL.matcher(name).replaceAll("\\\\$0"))
                        .collect(Collectors.joining("|"));
    }

    private void read(Process running, Consumer<String> listener) {
        try (BufferedReader lines = running.inputReader();
                Writer log =
                        Files.newBufferedWriter(folder.log(), StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                log.append(line).append('\n').flush();
                listener.accept(line);
            }
        } catch (IOException | UncheckedIOException ended) {
            // It has been ended; its exit status says the rest.
        }
    }
}

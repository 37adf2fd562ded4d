package vmlab.report;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A real browser without a window. */
record Chromium(String program) {

    /** What it showed and did: the document as it stood in the end, what it said on its console, what it asked the network for. */
    record Visit(String dom, List<String> console, List<String> fetched) {}

    /** The one that is installed. */
    static Optional<Chromium> find() {
        return Stream.of("chromium-headless-shell", "chromium", "google-chrome")
                .filter(name -> Stream.of(System.getenv("PATH").split(File.pathSeparator))
                        .anyMatch(folder -> Files.isExecutable(Path.of(folder, name))))
                .findFirst()
                .map(Chromium::new);
    }

    /** Opens {@code url} and lets its scripts run for two seconds of its own time; {@code folder} takes its files. */
    Visit visit(String url, Path folder) throws IOException, InterruptedException {
        Path log = folder.resolve("net.json");
        Path err = folder.resolve("chromium.err");
        String dom = run(
                err,
                List.of(
                        "--virtual-time-budget=2000",
                        "--enable-logging=stderr",
                        "--log-net-log=" + log,
                        "--dump-dom",
                        url),
                folder);
        try (Stream<String> lines = Files.lines(err)) {
            return new Visit(
                    dom, lines.filter(line -> line.contains("CONSOLE")).toList(), fetched(Files.readString(log), url));
        }
    }

    /** Takes a picture of {@code url}. */
    void picture(String url, Path png, int width, int height, Path folder) throws IOException, InterruptedException {
        run(
                folder.resolve("chromium.err"),
                List.of("--window-size=" + width + "," + height, "--screenshot=" + png, url),
                folder);
    }

    private String run(Path err, List<String> arguments, Path folder) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                program,
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--hide-scrollbars",
                "--disable-background-networking",
                "--disable-component-update",
                "--no-first-run",
                "--user-data-dir=" + folder.resolve("profile")));
        command.addAll(arguments);
        Path out = folder.resolve("chromium.out");
        Process process = new ProcessBuilder(command)
                .redirectOutput(out.toFile())
                .redirectError(err.toFile())
                .start();
        if (!process.waitFor(2, TimeUnit.MINUTES)) {
            process.destroyForcibly();
            throw new AssertionError(program + " did not end:\n" + Files.readString(err));
        }
        return Files.readString(out);
    }

    /** The addresses in its network log, but for the page itself. */
    private static List<String> fetched(String netLog, String page) {
        return Pattern.compile("\"url\":\"((?:https?|wss?|ftp)://[^\"]+)\"")
                .matcher(netLog)
                .results()
                .map(found -> found.group(1))
                .filter(url -> !url.equals(page))
                .distinct()
                .toList();
    }
}

package vmlab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A libvirt as the distribution sets it up, in namespaces of the test's own (src/it/bash/stock-host), where nobody is known but root and alice. */
record StockHost(Path folder, Process process) implements AutoCloseable {

    private static final Path INSTALLATION = Path.of("").toAbsolutePath();

    /** How a command ended; both its outputs in one text. */
    record Said(int exit, String text) {}

    /** Starts it, with the images of this machine's cache in the home of alice. */
    static StockHost start() throws IOException {
        Path folder = Files.createTempDirectory("lab-it");
        StockHost host = new StockHost(
                folder,
                new ProcessBuilder(
                                INSTALLATION.resolve("src/it/bash/stock-host").toString(), folder.toString())
                        .redirectError(folder.resolve("log").toFile())
                        .start());
        String first = host.process.inputReader().readLine();
        if (!"ready".equals(first)) {
            throw new AssertionError("no libvirt: " + Files.readString(folder.resolve("log")));
        }
        return host;
    }

    /** The home of alice, as it is seen from here. */
    Path home() {
        return folder.resolve("home");
    }

    /** The folder of one of her labs. */
    Path lab(String name) {
        return home().resolve(".local/share/lab/labs").resolve(name);
    }

    /** Runs {@code lab} there as {@code user}. */
    Said lab(String user, String... arguments) throws IOException, InterruptedException {
        Process running = start(user, labCommand(arguments));
        String text = new String(running.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        int exit = running.waitFor();
        System.out.println(user + ": lab " + String.join(" ", arguments) + ": exit " + exit + "\n" + text);
        return new Said(exit, text);
    }

    static List<String> labCommand(String... arguments) {
        List<String> command =
                new ArrayList<>(List.of(INSTALLATION.resolve("scripts/lab").toString()));
        command.addAll(List.of(arguments));
        return command;
    }

    /** Starts a command there. */
    Process start(String user, List<String> words) throws IOException {
        long inside = process.children().findFirst().orElseThrow().pid();
        List<String> command = new ArrayList<>(
                List.of("nsenter", "--net", "--mount", "--pid", "--target", Long.toString(inside), "--"));
        if (!user.equals("root")) {
            command.addAll(List.of("setpriv", "--reuid", user, "--regid", user, "--init-groups"));
        }
        command.addAll(words);
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().keySet().removeIf(name -> name.startsWith("LAB_") || name.startsWith("XDG_"));
        builder.environment()
                .putAll(
                        user.equals("root")
                                ? Map.of("LAB_HOME", folder.resolve("root").toString())
                                : Map.of("HOME", "/home/" + user, "USER", user));
        return builder.start();
    }

    /** Lets the world behind the machine, world.test, be a registry that has {@code archive} as app:1, and greet who asks for a page. */
    void serveWorld(Path archive) throws IOException {
        Process world = start(
                "root",
                List.of(
                        "ip",
                        "netns",
                        "exec",
                        "world",
                        System.getProperty("java.home") + "/bin/java",
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        World.class.getName(),
                        folder.resolve("world").toString(),
                        archive.toString()));
        String first = world.inputReader().readLine();
        if (!"ready".equals(first)) {
            throw new AssertionError("no world: " + first);
        }
    }

    /** Who asked the world for what, a line each. */
    String worldWasAsked() throws IOException {
        return Files.readString(folder.resolve("world/asked"));
    }

    @Override
    public void close() {
        try {
            process.getOutputStream().close();
            process.waitFor();
            try (Stream<Path> tree = Files.walk(folder)) {
                for (Path path : tree.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(path);
                }
            }
        } catch (IOException error) {
            throw new UncheckedIOException(error);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}

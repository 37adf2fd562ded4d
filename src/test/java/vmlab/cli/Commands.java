package vmlab.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Commands in a process of their own, with a working folder and an environment of their own: one after the other. */
public final class Commands {

    private Commands() {}

    /** Performs the commands that its arguments are, and says how each ended. */
    public static void main(String[] commands) {
        for (String command : commands) {
            int status = Main.commandLine().execute(command.split(" "));
            System.err.println(command + ": " + status);
        }
    }

    /** Performs {@code commands} in {@code folder} with that home, where no embedded host runs; returns what they said. */
    static String perform(Path folder, Path home, List<String> commands) throws IOException, InterruptedException {
        List<String> java = new ArrayList<>(List.of(
                ProcessHandle.current().info().command().orElseThrow(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                Commands.class.getName()));
        java.addAll(commands);
        ProcessBuilder process =
                new ProcessBuilder(java).directory(folder.toFile()).redirectErrorStream(true);
        process.environment().putAll(Map.of("LAB_HOME", home.toString(), "LAB_CONNECT", "none"));
        process.environment().remove("LAB_EMBEDDED");
        process.environment().remove("LAB_CONNECT_ASKED");
        Process running = process.start();
        String said = new String(running.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        running.waitFor();
        return said;
    }
}

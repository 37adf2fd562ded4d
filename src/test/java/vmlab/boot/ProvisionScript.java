package vmlab.boot;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** The node's own script (images/debian/usr/lib/lab/provision), with what it keeps and says in a folder of the test's. */
record ProvisionScript(Path folder) {

    record Ran(int exit, String out) {}

    /** Runs it on the repository at {@code url}; {@code settings} are those of /etc/conf.d/provision, and any other of its variables. */
    Ran run(String url, Map<String, String> settings) throws IOException, InterruptedException {
        Path lib = Path.of("images/debian/usr/lib/lab").toAbsolutePath();
        ProcessBuilder builder =
                new ProcessBuilder("sh", lib.resolve("provision").toString()).redirectErrorStream(true);
        Map<String, String> environment = builder.environment();
        environment.put("LAB_LIB", lib.toString());
        environment.put("LAB_CONF", "/dev/null");
        environment.put("LAB_STATE", folder.resolve("state").toString());
        environment.put("LAB_LOG", folder.resolve("log").toString());
        environment.put("LAB_CONSOLE", console().toString());
        environment.put("LAB_URL", "");
        environment.put("HOME", folder.toString());
        environment.put("PROVISION_URL", url);
        environment.put("PROVISION_ATTEMPTS", "2");
        environment.putAll(settings);
        Files.writeString(console(), "");
        Process script = builder.start();
        String out = new String(script.getInputStream().readAllBytes());
        return new Ran(script.waitFor(), out);
    }

    /** The milestone of that name, as it stands on the node's console after the last run. */
    String said(String name) throws IOException {
        return Files.readAllLines(console()).stream()
                .filter(line -> line.startsWith("lab: " + name + " "))
                .findFirst()
                .orElse("");
    }

    Path console() {
        return folder.resolve("console");
    }
}

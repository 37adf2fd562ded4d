package vmlab.observe;

import java.io.IOException;

/** One line of shell, as a person would type it to break something. */
final class Shell {

    private Shell() {}

    static void run(String command) throws IOException, InterruptedException {
        Process shell = new ProcessBuilder("sh", "-c", "PATH=$PATH:/usr/sbin:/sbin; " + command)
                .inheritIO()
                .start();
        if (shell.waitFor() != 0) {
            throw new IOException("failed: " + command);
        }
    }
}

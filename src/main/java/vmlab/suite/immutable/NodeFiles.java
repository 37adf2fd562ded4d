package vmlab.suite.immutable;

import java.time.Duration;
import java.util.List;
import vmlab.ssh.SshSession;

/**
 * A node's files, looked at over SSH.
 *
 * @param marker the name of the suite's own files on the node; they are all that it ever writes
 */
record NodeFiles(SshSession ssh, String marker) {

    private static final Duration LIMIT = Duration.ofMinutes(2);

    /** What a script of the node's shell prints, line by line. It must succeed. */
    List<String> lines(String script) throws InterruptedException {
        return ssh.exec(script, LIMIT).lines().toList();
    }

    Mounts mounts() throws InterruptedException {
        return Mounts.parse(ssh.exec("cat /proc/self/mountinfo", LIMIT));
    }

    /** Tries to make a marker in each of these folders and takes it away again; returns those files that could be made. */
    List<String> writable(String folders) throws InterruptedException {
        return lines("""
                for folder in %s; do
                    file=$folder/%s
                    if (: >"$file") 2>/dev/null; then echo "$file"; rm -f "$file"; fi
                done
                """.formatted(folders, marker));
    }
}

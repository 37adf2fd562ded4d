package vmlab.spec;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * What the nodes pull and run on each boot.
 *
 * <pre>{@code
 * provision:
 *   git: ./post-boot         # a folder, a repository, or a URL, with credentials in it or without
 *   ref: main                # branch, tag or commit; omitted: HEAD
 *   path: run.sh             # what is run; omitted: run.sh
 *   key: ./deploy_key        # for a URL that asks for one: a private SSH key, or a line for git-credential-store
 *   knownHosts: ./known      # for ssh: whom to believe that it is the server
 *   timeout: 10m             # for one run of the script
 * }</pre>
 *
 * @param git an absolute path (the file's is relative to its own folder), or a URL as it was written, without its credentials
 * @param ref branch, tag or commit
 * @param path the script within the repository, when it isn't {@code run.sh}
 * @param credentials those that the URL had; like the key they go onto the nodes' config disks and nowhere else
 * @param key goes onto the nodes' config disks, so it should only be able to read
 * @param knownHosts a file as ssh has it
 * @param timeout how long a run may take
 */
public record Provision(
        String git,
        String ref,
        Optional<String> path,
        Optional<Credentials> credentials,
        Optional<Path> key,
        Optional<Path> knownHosts,
        Duration timeout) {

    /** The ref when the file names none. */
    public static final String DEFAULT_REF = "HEAD";

    /** The script when the file names none. */
    public static final String DEFAULT_SCRIPT = "run.sh";

    /** The limit when the file names none. */
    public static final Duration DEFAULT_TIMEOUT = Duration.ofMinutes(10);

    /** What is run, within the repository. */
    public String script() {
        return path.orElse(DEFAULT_SCRIPT);
    }

    /** Whether git is a folder on this machine, not a URL. */
    public boolean isLocal() {
        return git.startsWith("/");
    }

    /** Whether git asks its server over SSH. */
    public boolean isSsh() {
        return git.startsWith("ssh://") || !isLocal() && !git.contains("://");
    }
}

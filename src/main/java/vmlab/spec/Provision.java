package vmlab.spec;

import java.util.Optional;

/**
 * What the nodes pull and run on each boot.
 *
 * <pre>{@code
 * provision:
 *   git: ./post-boot   # a folder, a repository, or a URL
 *   ref: main          # branch, tag or commit; omitted: HEAD
 *   path: run.sh       # what is run; omitted: run.sh
 * }</pre>
 *
 * @param git an absolute path (the file's is relative to its own folder), or a URL as it was written
 * @param ref branch, tag or commit
 * @param path the script within the repository, when it isn't {@code run.sh}
 */
public record Provision(String git, String ref, Optional<String> path) {

    /** The ref when the file names none. */
    public static final String DEFAULT_REF = "HEAD";

    /** Whether git is a folder on this machine, not a URL. */
    public boolean isLocal() {
        return git.startsWith("/");
    }
}

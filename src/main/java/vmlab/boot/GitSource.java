package vmlab.boot;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import vmlab.plan.Digest;
import vmlab.run.AtomicFile;
import vmlab.run.LabFailure;
import vmlab.run.Program;
import vmlab.spec.Provision;

/**
 * What the nodes provision themselves from, where it lies on this machine: a repository, of which what is committed counts, or a plain
 * folder, of which everything does.
 *
 * @param folder absolute
 * @param ref branch, tag or commit; of a plain folder always {@code HEAD}
 * @param script what the nodes run, within it
 */
public record GitSource(Path folder, String ref, String script) {

    /** A plain folder's commit is always the same for the same files: nodes that have it have nothing to fetch. */
    private static final Map<String, String> NOBODY = Map.of(
            "GIT_AUTHOR_NAME", "lab",
            "GIT_AUTHOR_EMAIL", "lab@localhost",
            "GIT_AUTHOR_DATE", "2025-01-01T00:00:00Z",
            "GIT_COMMITTER_NAME", "lab",
            "GIT_COMMITTER_EMAIL", "lab@localhost",
            "GIT_COMMITTER_DATE", "2025-01-01T00:00:00Z",
            "GIT_CONFIG_GLOBAL", "/dev/null",
            "GIT_CONFIG_SYSTEM", "/dev/null");

    /** What {@code provision} names; only for one that is local. */
    public static GitSource of(Provision provision) {
        return new GitSource(Path.of(provision.git()), provision.ref(), provision.script());
    }

    /** Refuses what no node could be provisioned from; changes nothing. */
    public void check() throws InterruptedException {
        if (isRepository()) {
            checkRepository();
        } else {
            checkFolder();
        }
    }

    /** Brings what there is now into the bare repository {@code bare}, as its branch {@code lab}; returns the commit, shortened. */
    public String snapshot(Path bare) throws InterruptedException {
        check();
        if (!Files.exists(bare)) {
            begin(bare);
        }
        String commit = isRepository() ? commit() : snapshotOfFolder(bare);
        if (isRepository()) {
            // A commit that no branch ends at can be had too: this side of git asks nobody's leave.
            Git.in(folder)
                    .run("push", "--quiet", "--force", "--no-verify", bare.toString(), commit + ":refs/heads/lab");
        }
        Git kept = Git.in(bare);
        kept.run("config", "lab.folder", folder.toString());
        kept.run("config", "lab.ref", ref);
        kept.run("config", "lab.script", script);
        return commit.substring(0, 12);
    }

    /** It is there as a whole or not at all: what a try that was killed left is begun again. */
    private void begin(Path bare) throws InterruptedException {
        Path part = bare.resolveSibling(bare.getFileName() + AtomicFile.PART);
        new Git(folder, NOBODY).run("init", "--quiet", "--bare", "--initial-branch=lab", part.toString());
        try {
            Files.move(part, bare, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException error) {
            throw new UncheckedIOException("the repository " + bare + " could not be begun", error);
        }
    }

    /** Another whenever nodes would get something else from here. */
    public String version() throws InterruptedException {
        if (isRepository()) {
            return commit();
        }
        try (Stream<Path> files = Files.walk(folder)) {
            List<String> parts = new ArrayList<>();
            for (Path file : files.sorted().toList()) {
                if (Files.isSymbolicLink(file)) {
                    parts.add(folder.relativize(file) + " -> " + Files.readSymbolicLink(file));
                } else if (Files.isRegularFile(file)) {
                    parts.add(folder.relativize(file) + (Files.isExecutable(file) ? " x" : ""));
                    parts.add(Files.readString(file, StandardCharsets.ISO_8859_1));
                }
            }
            return Digest.of(20, parts.toArray(String[]::new));
        } catch (IOException error) {
            throw new UncheckedIOException("what is in " + folder + " can't be read", error);
        }
    }

    /** What the snapshot {@code bare} was last made from. */
    public static Optional<GitSource> ofSnapshot(Path bare) throws InterruptedException {
        Git kept = Git.in(bare);
        Program.Said folder = kept.ask("config", "lab.folder");
        return folder.isWell()
                ? Optional.of(new GitSource(
                        Path.of(folder.text()), kept.run("config", "lab.ref"), kept.run("config", "lab.script")))
                : Optional.empty();
    }

    /** Whether there is something in a repository that is not committed, and so not served. */
    public boolean hasUncommitted() throws InterruptedException {
        return Files.exists(folder.resolve(".git"))
                && !Git.in(folder)
                        .run("status", "--porcelain", "--untracked-files=normal")
                        .isEmpty();
    }

    private String snapshotOfFolder(Path bare) throws InterruptedException {
        Git git = new Git(folder, merged(bare));
        git.run("add", "--all", "--force", ".");
        String tree = git.run("write-tree");
        String commit = git.run("commit-tree", tree, "-m", "The files of " + folder.getFileName());
        git.run("update-ref", "refs/heads/lab", commit);
        return commit;
    }

    private Map<String, String> merged(Path bare) {
        var all = new HashMap<>(NOBODY);
        all.put("GIT_DIR", bare.toString());
        all.put("GIT_WORK_TREE", folder.toString());
        all.put("GIT_INDEX_FILE", bare.resolve("lab.index").toString());
        return all;
    }

    private boolean isRepository() {
        return Files.exists(folder.resolve(".git"))
                || Files.isRegularFile(folder.resolve("HEAD")) && Files.isDirectory(folder.resolve("objects"));
    }

    private String commit() throws InterruptedException {
        Program.Said said =
                Git.in(folder).ask("rev-parse", "--verify", "--quiet", "--end-of-options", ref + "^{commit}");
        if (!said.isWell()) {
            String names = Git.in(folder)
                    .run("for-each-ref", "--format=%(refname:short)", "refs/heads", "refs/tags")
                    .replace("\n", ", ");
            throw LabFailure.input(
                    "provision.ref: " + folder + " has no " + ref,
                    said.text().isEmpty()
                            ? "its branches and tags: " + (names.isEmpty() ? "none, nothing is committed" : names)
                            : said.text(),
                    "name one of these, or a commit, in cluster.yaml");
        }
        return said.text();
    }

    private void checkRepository() throws InterruptedException {
        String commit = commit();
        String entry = Git.in(folder).run("ls-tree", "--full-tree", commit, "--", script);
        if (!entry.startsWith("100")) {
            throw noScript(ref + " of " + folder + " (" + commit.substring(0, 12) + ") has no such file");
        }
    }

    private void checkFolder() {
        if (!ref.equals(Provision.DEFAULT_REF)) {
            throw LabFailure.input(
                    "provision.ref: " + ref + " means nothing for a plain folder",
                    folder + " is no git repository",
                    "leave ref out, or make it a repository: git init");
        }
        Path file = folder.resolve(script);
        try {
            if (!Files.isRegularFile(file)) {
                throw noScript(folder + " has no such file");
            }
            if (!file.toRealPath().startsWith(folder.toRealPath())) {
                throw noScript("it leads out of " + folder + ", to " + file.toRealPath());
            }
        } catch (IOException error) {
            throw noScript(String.valueOf(error.getMessage()));
        }
    }

    private LabFailure noScript(String why) {
        return LabFailure.input(
                "provision: there is no " + script + " to run",
                why,
                "add it (and commit it), or name another with provision.path");
    }
}

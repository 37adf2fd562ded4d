package vmlab.boot;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
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

    /** What {@code provision} names; only for one that is local. */
    public static GitSource of(Provision provision) {
        return new GitSource(Path.of(provision.git()), provision.ref(), provision.script());
    }

    /** Refuses what no node could be provisioned from; changes nothing. */
    public void check() throws InterruptedException {
        if (isRepository()) {
            repository().requireScript(ref, script);
        } else {
            checkFolder();
        }
    }

    /** What of it is served in another way than a person may expect; a line for each. */
    public List<String> remarks() throws InterruptedException {
        return isRepository() ? repository().remarks(ref) : new GitFolder(folder).remarks();
    }

    /** Brings what there is now into the bare repository {@code bare}, as its branch {@code lab}; returns the commit, shortened. */
    public String snapshot(Path bare) throws InterruptedException {
        check();
        if (!Files.exists(bare)) {
            begin(bare);
        }
        String commit;
        if (isRepository()) {
            commit = repository().commit(ref);
            repository().push(commit, bare);
        } else {
            commit = new GitFolder(folder).snapshot(bare);
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
        Git.in(folder).run("init", "--quiet", "--bare", "--template=", "--initial-branch=lab", part.toString());
        try {
            Files.move(part, bare, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException error) {
            throw new UncheckedIOException("the repository " + bare + " could not be begun", error);
        }
    }

    /** Another whenever nodes would get something else from here. */
    public String version() throws InterruptedException {
        return isRepository() ? repository().commit(ref) : new GitFolder(folder).version();
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

    private boolean isRepository() {
        return GitRepository.is(folder);
    }

    private GitRepository repository() {
        return new GitRepository(folder);
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
                throw noScript(script, folder + " has no such file");
            }
            if (!file.toRealPath().startsWith(folder.toRealPath())) {
                throw noScript(script, "it leads out of " + folder + ", to " + file.toRealPath());
            }
        } catch (IOException error) {
            throw noScript(script, String.valueOf(error.getMessage()));
        }
    }

    static LabFailure noScript(String script, String why) {
        return LabFailure.input(
                "provision: there is no " + script + " to run",
                why,
                "add it (and commit it), or name another with provision.path");
    }
}

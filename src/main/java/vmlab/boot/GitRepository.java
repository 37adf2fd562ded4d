package vmlab.boot;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import vmlab.run.LabFailure;
import vmlab.run.Program;

/** A repository of the user's, of which what is committed counts. It is read, and never written to. */
record GitRepository(Path folder) {

    private static final Pattern SUBMODULE = Pattern.compile("160000 commit [0-9a-f]+\t(.*)");
    private static final Pattern TRUSTED = Pattern.compile("safe\\.directory (.+)");
    private static final int NAMED = 5;

    /** Whether a folder is one: with a work tree (which may be linked) or bare. */
    static boolean is(Path folder) {
        return Files.exists(folder.resolve(".git"))
                || Files.isRegularFile(folder.resolve("HEAD")) && Files.isDirectory(folder.resolve("objects"));
    }

    /** The commit that a branch, a tag or a commit's own name means. */
    String commit(String ref) throws InterruptedException {
        requireTrust();
        Program.Said said =
                Git.in(folder).ask("rev-parse", "--verify", "--quiet", "--end-of-options", ref + "^{commit}");
        if (!said.isWell()) {
            String names = Git.in(folder)
                    .run("for-each-ref", "--format=%(refname:short)", "refs/heads", "refs/tags", "refs/remotes")
                    .replace("\n", ", ");
            boolean isShallow =
                    Git.in(folder).run("rev-parse", "--is-shallow-repository").equals("true");
            throw LabFailure.input(
                    "provision.ref: " + folder + " has no " + ref,
                    said.text().isEmpty()
                            ? "its branches and tags: " + (names.isEmpty() ? "none, nothing is committed" : names)
                            : said.text(),
                    "name one of these, or a commit, in cluster.yaml"
                            + (isShallow ? "; this clone is shallow: git fetch --unshallow brings the rest" : ""));
        }
        return said.text();
    }

    /** git's own rule, and its own cure: a repository of another user can make git run programs. */
    private void requireTrust() throws InterruptedException {
        Program.Said said = Git.asTheUser(folder).ask("rev-parse", "--git-dir");
        if (said.isWell()) {
            return;
        }
        Matcher trusted = TRUSTED.matcher(said.text());
        if (trusted.find()) {
            throw LabFailure.input(
                    "provision.git: git does not trust " + folder,
                    "it belongs to " + owner() + ", and this is " + System.getProperty("user.name"),
                    "git config --global --add safe.directory " + trusted.group(1)
                            + ", or make it yours with chown -R");
        }
        throw LabFailure.input(
                "provision.git: git can't read " + folder, said.text(), "see what git -C " + folder + " status says");
    }

    private String owner() {
        try {
            return "user " + Files.getOwner(folder).getName();
        } catch (IOException | UnsupportedOperationException unknown) {
            return "another user";
        }
    }

    /** Refuses a commit without a script; one that is a link to another file of the commit will do. */
    void requireScript(String ref, String script) throws InterruptedException {
        String commit = commit(ref);
        String said = Git.in(folder)
                .answer(commit + ":" + script + "\n", "cat-file", "--batch-check=%(objecttype)", "--follow-symlinks")
                .text();
        if (!said.equals("blob")) {
            throw GitSource.noScript(
                    script,
                    ref + " of " + folder + " (" + commit.substring(0, 12) + ") has "
                            + (said.startsWith("symlink") || said.startsWith("dangling") || said.startsWith("loop")
                                    ? "a symbolic link there that leads to no file of it"
                                    : "no such file"));
        }
    }

    /** What a person would not expect of the nodes' checkout. */
    List<String> remarks(String ref) throws InterruptedException {
        String commit = commit(ref);
        List<String> remarks = new ArrayList<>();
        List<String> entries = Git.in(folder)
                .run("ls-tree", "-r", "--full-tree", commit)
                .lines()
                .toList();
        List<String> submodules = entries.stream()
                .map(SUBMODULE::matcher)
                .filter(Matcher::matches)
                .map(matcher -> matcher.group(1))
                .toList();
        if (!submodules.isEmpty()) {
            remarks.add("submodules are not served, so these folders are empty on nodes: " + named(submodules));
        }
        if (entries.stream().anyMatch(entry -> entry.matches(".*[\t/]\\.gitattributes"))) {
            List<String> pointers = Git.in(folder)
                    .ask("grep", "--name-only", "-F", "version https://git-lfs.github.com/spec/", commit)
                    .text()
                    .lines()
                    .map(line -> line.substring(line.indexOf(':') + 1))
                    .toList();
            if (!pointers.isEmpty()) {
                remarks.add("files of Git LFS are not served, nodes get their pointers: " + named(pointers));
            }
        }
        if (hasUncommitted()) {
            remarks.add("nodes get what is committed in " + folder + ", and not all of it is");
        }
        return remarks;
    }

    static String named(List<String> names) {
        return String.join(", ", names.subList(0, Math.min(NAMED, names.size())))
                + (names.size() > NAMED ? " and " + (names.size() - NAMED) + " more" : "");
    }

    /** As the user's own git sees it, which may have changed files on the way out. */
    private boolean hasUncommitted() throws InterruptedException {
        return Files.exists(folder.resolve(".git"))
                && !Git.asTheUser(folder)
                        .run("status", "--porcelain", "--untracked-files=normal", "--ignore-submodules=all")
                        .isEmpty();
    }

    /**
     * Brings a commit into the bare repository as its branch {@code lab}. One that no branch ends at can be had too: this side of git asks
     * nobody's leave. Of a shallow clone the bare one becomes as shallow.
     */
    void push(String commit, Path bare) throws InterruptedException {
        Git.in(bare).run("config", "receive.shallowUpdate", "true");
        Git.in(folder)
                .run(
                        "push",
                        "--quiet",
                        "--force",
                        "--no-verify",
                        "--no-signed",
                        "--no-follow-tags",
                        "--recurse-submodules=no",
                        bare.toString(),
                        commit + ":refs/heads/lab");
    }
}

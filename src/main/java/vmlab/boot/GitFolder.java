package vmlab.boot;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import vmlab.plan.Digest;

/** A plain folder of the user's, of which everything counts. Repositories in it are folders like any other, without their history. */
record GitFolder(Path folder) {

    private static final String GIT = ".git";

    /** The commit is always the same for the same files: nodes that have it have nothing to fetch. */
    private static final Map<String, String> NOBODY = Map.of(
            "GIT_AUTHOR_NAME", "lab",
            "GIT_AUTHOR_EMAIL", "lab@localhost",
            "GIT_AUTHOR_DATE", "2025-01-01T00:00:00Z",
            "GIT_COMMITTER_NAME", "lab",
            "GIT_COMMITTER_EMAIL", "lab@localhost",
            "GIT_COMMITTER_DATE", "2025-01-01T00:00:00Z");

    /** Commits what there is to the bare repository, as its branch {@code lab}. */
    String snapshot(Path bare) throws InterruptedException {
        Path index = bare.resolve("lab.index");
        var environment = new HashMap<>(NOBODY);
        environment.put("GIT_DIR", bare.toString());
        environment.put("GIT_WORK_TREE", folder.toString());
        environment.put("GIT_INDEX_FILE", index.toString());
        Git git = Git.in(folder, environment);
        try {
            Files.deleteIfExists(index);
        } catch (IOException error) {
            throw new UncheckedIOException(index + " can't be removed", error);
        }
        StringBuilder names = new StringBuilder();
        files().forEach(file -> names.append(name(file)).append('\0'));
        git.feed(names.toString(), "-c", "core.bare=false", "update-index", "-z", "--add", "--stdin");
        String commit = git.run("commit-tree", git.run("write-tree"), "-m", "The files of " + folder.getFileName());
        git.run("update-ref", "refs/heads/lab", commit);
        return commit;
    }

    /** Another whenever nodes would get something else from here. */
    String version() {
        List<String> parts = new ArrayList<>();
        try {
            for (Path file : files()) {
                if (Files.isSymbolicLink(file)) {
                    parts.add(name(file) + " -> " + Files.readSymbolicLink(file));
                } else {
                    parts.add(name(file) + (Files.isExecutable(file) ? " x" : ""));
                    parts.add(Files.readString(file, StandardCharsets.ISO_8859_1));
                }
            }
        } catch (IOException error) {
            throw new UncheckedIOException("what is in " + folder + " can't be read", error);
        }
        return Digest.of(20, parts.toArray(String[]::new));
    }

    /** What a person would not expect of the nodes' checkout. */
    List<String> remarks() {
        List<String> repositories = new ArrayList<>();
        List<String> leadingOut = new ArrayList<>();
        Path root = root();
        walk((path, isFolder) -> {
            if (isFolder && !path.equals(root) && Files.exists(path.resolve(GIT))) {
                repositories.add(name(path));
            } else if (!isFolder && Files.isSymbolicLink(path) && !staysWithin(root, path)) {
                leadingOut.add(name(path));
            }
        });
        List<String> remarks = new ArrayList<>();
        if (!repositories.isEmpty()) {
            remarks.add("there is a repository in " + GitRepository.named(repositories)
                    + ": nodes get its files as they are here, without its history");
        }
        if (!leadingOut.isEmpty()) {
            remarks.add(
                    "links that lead out of " + folder + " lead nowhere on nodes: " + GitRepository.named(leadingOut));
        }
        return remarks;
    }

    private static boolean staysWithin(Path root, Path link) {
        try {
            return link.toRealPath().startsWith(root);
        } catch (IOException dangling) {
            return false;
        }
    }

    private List<Path> files() {
        List<Path> files = new ArrayList<>();
        walk((path, isFolder) -> {
            if (!isFolder && (Files.isSymbolicLink(path) || Files.isRegularFile(path))) {
                files.add(path);
            }
        });
        return files.stream().sorted().toList();
    }

    private interface Found {
        void at(Path path, boolean isFolder);
    }

    private void walk(Found found) {
        try {
            Files.walkFileTree(root(), new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult preVisitDirectory(Path path, BasicFileAttributes attributes) {
                    if (path.endsWith(GIT)) {
                        return FileVisitResult.SKIP_SUBTREE;
                    }
                    found.at(path, true);
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFile(Path path, BasicFileAttributes attributes) {
                    if (!path.endsWith(GIT)) {
                        found.at(path, false);
                    }
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException error) {
            throw new UncheckedIOException("what is in " + folder + " can't be read", error);
        }
    }

    /** The folder itself, where its name is that of a link to it. */
    private Path root() {
        try {
            return folder.toRealPath();
        } catch (IOException error) {
            throw new UncheckedIOException(folder + " can't be read", error);
        }
    }

    private String name(Path path) {
        return root().relativize(path).toString();
    }
}

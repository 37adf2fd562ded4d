package vmlab.image;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import vmlab.run.LabFailure;
import vmlab.run.Run;
import vmlab.spec.K0sSource;

/**
 * A release of k0s in the cache: the binary and its air-gap bundle, checked against the published {@code sha256sums.txt}. Fetched from the
 * project's releases, or from {@code LAB_K0S_MIRROR}, below which files lie as {@code <version>/<file>}.
 */
final class K0sRelease {

    /** Where the project publishes. */
    static final String PUBLISHED = "https://github.com/k0sproject/k0s/releases/download";

    private static final String SUMS = "sha256sums.txt";

    private final K0sSource.Release release;
    private final Path folder;
    private final String mirror;

    K0sRelease(K0sSource.Release release, Path folder, String mirror) {
        this.release = release;
        this.folder = folder;
        this.mirror = mirror;
    }

    /** Whether it has been fetched. */
    boolean isThere() {
        return Files.exists(bundle()) && Files.isExecutable(binary());
    }

    K0s k0s() {
        return new K0s(binary(), List.of(bundle()));
    }

    /** Fetches what is missing. A file gets its name when its sum is right. */
    void download(Run run) throws IOException, InterruptedException {
        Files.createDirectories(folder);
        try (var download = new Download()) {
            String sums = download.text(url(SUMS), folder.resolve(SUMS + ".part"));
            get(binaryName(), binary(), sums, download, run);
            get(bundleName(), bundle(), sums, download, run);
        }
    }

    private void get(String name, Path target, String sums, Download download, Run run)
            throws IOException, InterruptedException {
        if (Files.exists(target)) {
            return;
        }
        run.note("downloading " + name);
        String expected = sum(name, sums)
                .orElseThrow(() -> LabFailure.machine(
                        "k0s " + release.version() + " could not be fetched",
                        url(SUMS) + " names no " + name,
                        "correct k0s.version in the recipe, or LAB_K0S_MIRROR"));
        Path part = folder.resolve(name + ".part");
        String found = download.file(url(name), part);
        if (!found.equals(expected)) {
            Files.delete(part);
            throw LabFailure.machine(
                    "k0s " + release.version() + " could not be fetched",
                    url(name) + " has sha256 " + found + ", published is " + expected,
                    "something on the way changed the file: try again, or use another mirror");
        }
        Files.setPosixFilePermissions(part, PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
    }

    /** The published sum of a file: lines {@code SUM  NAME} or {@code SUM *NAME}. */
    static Optional<String> sum(String name, String sums) {
        return sums.lines()
                .map(line -> line.strip().split("\\s+\\*?", 2))
                .filter(words -> words.length == 2 && words[1].equals(name))
                .map(words -> words[0])
                .findFirst();
    }

    private URI url(String name) {
        // A plus sign in a path is a plus sign, but not every server knows that.
        return URI.create("%s/%s/%s".formatted(mirror, release.version(), name).replace("+", "%2B"));
    }

    private String binaryName() {
        return "k0s-" + release.version() + "-amd64";
    }

    private String bundleName() {
        return "k0s-airgap-bundle-" + release.version() + "-amd64";
    }

    private Path binary() {
        return folder.resolve("k0s");
    }

    private Path bundle() {
        return folder.resolve("k0s-airgap-bundle.tar");
    }
}

package vmlab.image;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import vmlab.run.LabFailure;
import vmlab.run.Run;
import vmlab.spec.K0sSource;

/** Gets k0s from wherever a recipe says: a release, a file, or a script that builds it. */
final class K0sFetch {

    private static final Duration OTHERS_BUILD = Duration.ofHours(1);

    /** What a first build takes, with everything to fetch: 15 minutes on two processors. */
    private static final int PROCESSOR_MINUTES = 30;

    private static final byte[] ELF = {0x7f, 'E', 'L', 'F'};

    private final Path cache;
    private final FileHashes hashes;
    private final boolean mayBuild;
    private final String mirror;

    /** Keeps what it gets in {@code cache}; releases come from {@code mirror}. */
    K0sFetch(Path cache, FileHashes hashes, boolean mayBuild, String mirror) {
        this.cache = cache;
        this.hashes = hashes;
        this.mayBuild = mayBuild;
        this.mirror = mirror;
    }

    K0s fetch(K0sSource source, Run run) throws IOException, InterruptedException {
        return switch (source) {
            case K0sSource.Release release -> released(release, run);
            case K0sSource.LocalFile file -> local(file);
            case K0sSource.Built built -> built(built.script(), run);
        };
    }

    private K0s released(K0sSource.Release release, Run run) throws IOException, InterruptedException {
        var wanted = new K0sRelease(release, cache.resolve(release.version()), mirror);
        if (!wanted.isThere()) {
            mustBuild();
            try (var lock = lock(release.version(), run)) {
                wanted.download(run);
            }
        }
        K0s k0s = wanted.k0s();
        release.sha256().ifPresent(sha256 -> check(k0s.binary(), sha256));
        return k0s;
    }

    private K0s local(K0sSource.LocalFile file) throws IOException {
        if (!Files.isExecutable(file.file()) || !isElf(file.file())) {
            throw LabFailure.input(
                    file.file() + " is no k0s",
                    "it is not an executable file for Linux",
                    "give the k0s executable for linux/amd64, made executable: chmod +x " + file.file());
        }
        file.sha256().ifPresent(sha256 -> check(file.file(), sha256));
        return new K0s(file.file(), file.images());
    }

    private K0s built(Path script, Run run) throws IOException, InterruptedException {
        var build = new ScriptBuild("k0s", script, "k0s", "it must leave k0s and images/*.tar in the folder given");
        Path folder = build.folder(cache, hashes, mayBuild, PROCESSOR_MINUTES, run);
        return new K0s(folder.resolve("k0s"), archives(folder.resolve("images")));
    }

    static List<Path> archives(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".tar")).toList();
        }
    }

    private void check(Path binary, String sha256) {
        try {
            String found = hashes.sha256(binary);
            if (!found.equals(sha256)) {
                throw LabFailure.input(
                        binary + " is not the k0s that the recipe means",
                        "its sha256 is " + found + ", the recipe says " + sha256,
                        "correct one of them");
            }
        } catch (IOException error) {
            throw Failures.ofFiles(binary + " can't be read", error);
        }
    }

    private static boolean isElf(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return Arrays.equals(in.readNBytes(ELF.length), ELF);
        }
    }

    private void mustBuild() {
        if (!mayBuild) {
            throw new BuildElsewhere();
        }
    }

    private BuildLock lock(String name, Run run) throws IOException, InterruptedException {
        return BuildLock.acquire(cache.resolve(name + ".lock"), "k0s being fetched", run, OTHERS_BUILD);
    }
}

package vmlab.image;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import vmlab.run.Environment;
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

    /** Runs {@code SCRIPT FOLDER}, once for each content of the script's own folder. The script leaves the folder whole or not at all. */
    private K0s built(Path script, Run run) throws IOException, InterruptedException {
        var sources = new Digester();
        ImageInputs.files(script.getParent(), hashes).forEach((name, file) -> {
            String[] words = file.replaceFirst("^-> ", "link ").split(" ", 2);
            sources.add(name).add(words[0]).add(words[1]);
        });
        String name = "built-" + sources.hex().substring(0, 16);
        Path folder = cache.resolve(name);
        if (!Files.isExecutable(folder.resolve("k0s"))) {
            mustBuild();
            try (var lock = lock(name, run)) {
                if (!Files.isExecutable(folder.resolve("k0s"))) {
                    build(script, folder, run);
                }
            }
        }
        return new K0s(folder.resolve("k0s"), archives(folder.resolve("images")));
    }

    private static void build(Path script, Path folder, Run run) throws IOException, InterruptedException {
        int processors = Runtime.getRuntime().availableProcessors();
        run.note("k0s is built by " + script.getParent().getFileName() + "/" + script.getFileName()
                + "; the first time takes about " + Math.max(4, PROCESSOR_MINUTES / processors) + " minutes on "
                + processors + (processors == 1 ? " processor" : " processors") + ", later ones fewer");
        var outcome = new Script(Environment.process(script.toString(), folder.toString())).run(new Steps("k0s", run));
        if (outcome.status() != 0 || !Files.isExecutable(folder.resolve("k0s"))) {
            throw Failures.ofScript(
                    script + " built no k0s",
                    outcome.lastLines().stream()
                            .filter(line -> !Steps.isOne(line))
                            .toList(),
                    "the lines above are the end of what it said; it must leave k0s and images/*.tar in the folder given");
        }
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

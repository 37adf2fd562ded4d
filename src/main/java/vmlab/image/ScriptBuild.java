package vmlab.image;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import vmlab.run.Environment;
import vmlab.run.Run;

/**
 * What a script builds: it is run as {@code SCRIPT FOLDER}, once for each content of the folder that it lies in, and leaves {@code FOLDER}
 * whole or not at all.
 *
 * @param what it builds, as users call it
 * @param script executable
 * @param proof a file that it leaves
 * @param duty all that it must leave, for who writes such a script
 */
record ScriptBuild(String what, Path script, String proof, String duty) {

    private static final Duration OTHERS_BUILD = Duration.ofHours(1);

    /**
     * The folder below {@code cache} with what it built, now or earlier.
     *
     * @param minutes what a first build takes on one processor, with everything to fetch
     */
    Path folder(Path cache, FileHashes hashes, boolean mayBuild, int minutes, Run run)
            throws IOException, InterruptedException {
        String name = "built-" + digest(hashes);
        Path folder = cache.resolve(name);
        if (!isThere(folder)) {
            if (!mayBuild) {
                throw new BuildElsewhere();
            }
            Path lock = cache.resolve(name + ".lock");
            try (var own = BuildLock.acquire(lock, what + " being fetched", run, OTHERS_BUILD)) {
                if (!isThere(folder)) {
                    build(folder, minutes, run);
                }
            }
        }
        return folder;
    }

    private boolean isThere(Path folder) {
        return Files.exists(folder.resolve(proof));
    }

    private String digest(FileHashes hashes) throws IOException {
        var sources = new Digester();
        ImageInputs.files(script.getParent(), hashes).forEach((name, file) -> {
            String[] words = file.replaceFirst("^-> ", "link ").split(" ", 2);
            sources.add(name).add(words[0]).add(words[1]);
        });
        return sources.hex().substring(0, 16);
    }

    private void build(Path folder, int minutes, Run run) throws IOException, InterruptedException {
        int processors = Runtime.getRuntime().availableProcessors();
        run.note(what + " is built by " + script.getParent().getFileName() + "/" + script.getFileName()
                + "; the first time takes about " + Math.max(4, minutes / processors) + " minutes on " + processors
                + (processors == 1 ? " processor" : " processors") + ", later ones fewer");
        var outcome = new Script(Environment.process(script.toString(), folder.toString())).run(new Steps(what, run));
        if (outcome.status() != 0 || !isThere(folder)) {
            List<String> lines = outcome.lastLines().stream()
                    .filter(line -> !Steps.isOne(line))
                    .toList();
            throw Failures.ofScript(
                    script + " built no " + proof, lines, "the lines above are the end of what it said; " + duty);
        }
    }
}

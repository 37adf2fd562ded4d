package vmlab.image;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import vmlab.run.AtomicFile;
import vmlab.run.Environment;
import vmlab.run.LabFailure;
import vmlab.run.Run;
import vmlab.spec.Recipe;

/**
 * {@code images/build-apt.sh} and its like: told everything by the environment, they leave vmlinuz, initrd, root.squashfs and
 * packages.txt in a folder.
 *
 * @param file executable
 */
record BuildScript(Path file) {

    /** The script of a recipe's base, among {@code scripts}. */
    static BuildScript of(Recipe recipe, Path scripts) {
        Path script = scripts.resolve("build-" + recipe.base() + ".sh");
        if (!Files.isExecutable(script)) {
            throw LabFailure.input(
                    "the image " + recipe.name() + " could not be built",
                    "there is no " + script + " for base: " + recipe.base(),
                    "use base: apt");
        }
        return new BuildScript(script);
    }

    /** All that it consists of. */
    List<Path> files() {
        var files = new ArrayList<Path>(List.of(file));
        for (String other : List.of("build.bash", "alpine/Containerfile")) {
            Path beside = file.resolveSibling(other);
            if (Files.exists(beside) && (!other.startsWith("alpine") || file.endsWith("build-apk.sh"))) {
                files.add(beside);
            }
        }
        return files;
    }

    /** Builds in {@code folder}, and tells its steps. */
    void build(BuildOrder order, Path folder, Run run) throws IOException, InterruptedException {
        run(order, List.of(folder.toString()), folder, run);
    }

    /** Finds out which packages a build would take now, and leaves them in {@code folder}. */
    List<String> resolve(BuildOrder order, Path folder, Run run) throws IOException, InterruptedException {
        run(order, List.of(folder.toString(), "--resolve"), folder, run);
        return Files.readAllLines(folder.resolve("lock.txt"));
    }

    private void run(BuildOrder order, List<String> arguments, Path folder, Run run)
            throws IOException, InterruptedException {
        var command = new ArrayList<String>(List.of(file.toString()));
        command.addAll(arguments);
        var process = Environment.process(command);
        process.environment().putAll(order.environment(folder));
        var steps = new Steps("the image " + order.recipe().name(), run);
        var outcome = new Script(process).run(steps);
        if (outcome.status() != 0) {
            throw failure(order.recipe(), steps.step(), outcome, folder);
        }
    }

    private LabFailure failure(Recipe recipe, String step, Script.Outcome outcome, Path folder) throws IOException {
        Path log = folder.resolve("build.log");
        Optional<Path> kept = Optional.empty();
        if (Files.exists(log)) {
            kept = Optional.of(folder.resolveSibling("failed-" + recipe.name() + ".log"));
            AtomicFile.write(kept.get(), Files.readString(log));
        }
        String what = "the image " + recipe.name() + " could not be built"
                + (step.isEmpty() ? "" : ": its step '" + step + "' failed");
        List<String> lines =
                outcome.lastLines().stream().filter(line -> !Steps.isOne(line)).toList();
        return Failures.ofBuild(what, lines, UnknownPackage.in(lines, folder.resolve("names")), kept);
    }

    /** Removes what an ended build left; files of other owners are among it. */
    void remove(Path folder) throws IOException, InterruptedException {
        new Script(Environment.process(file.toString(), "--remove", folder.toString())).run(line -> {});
        if (Files.exists(folder)) {
            throw new IOException(folder + ", left by a build that was ended, can't be removed");
        }
    }
}

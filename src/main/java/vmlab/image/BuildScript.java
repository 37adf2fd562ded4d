package vmlab.image;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import vmlab.run.Run;
import vmlab.spec.Recipe;

/**
 * {@code images/build-apt.sh} and its like: told everything by the environment, they leave vmlinuz, initrd, root.squashfs and
 * packages.txt in a folder.
 *
 * @param file executable
 */
record BuildScript(Path file) {

    private static final String STEP = "step: ";

    /** Builds in {@code folder}; each step becomes a note. */
    void build(Recipe recipe, K0s k0s, String id, Path root, Path folder, Run run)
            throws IOException, InterruptedException {
        var process = new ProcessBuilder(file.toString(), folder.toString());
        process.environment().putAll(environment(recipe, k0s, id, root));
        var outcome = new Script(process).run(line -> {
            if (line.startsWith(STEP)) {
                run.note(line.substring(STEP.length()));
            }
        });
        if (outcome.status() != 0) {
            throw Failures.ofScript(
                    "the image " + recipe.name() + " could not be built",
                    outcome.lastLines().stream()
                            .filter(line -> !line.startsWith(STEP))
                            .toList(),
                    "the lines above are the end of what " + file.getFileName() + " said");
        }
    }

    /** Removes what an ended build left; files of other owners are among it. */
    void remove(Path folder) throws IOException, InterruptedException {
        new Script(new ProcessBuilder(file.toString(), "--remove", folder.toString())).run(line -> {});
        if (Files.exists(folder)) {
            throw new IOException(folder + ", left by a build that was ended, can't be removed");
        }
    }

    private static Map<String, String> environment(Recipe recipe, K0s k0s, String id, Path root) {
        return Map.ofEntries(
                Map.entry("LAB_SUITE", recipe.suite()),
                Map.entry("LAB_PACKAGES", String.join(" ", recipe.packages())),
                Map.entry("LAB_KERNEL", recipe.kernel()),
                Map.entry("LAB_OVERLAYS", lines(recipe.overlays())),
                Map.entry("LAB_SYSINIT", services(recipe, "sysinit")),
                Map.entry("LAB_BOOT", services(recipe, "boot")),
                Map.entry("LAB_DEFAULT", services(recipe, "default")),
                Map.entry("LAB_NONETWORK", services(recipe, "nonetwork")),
                Map.entry("LAB_SHUTDOWN", services(recipe, "shutdown")),
                Map.entry("LAB_DRACUT_MODULES", String.join(" ", recipe.dracutModules())),
                Map.entry("LAB_DRACUT_DRIVERS", String.join(" ", recipe.drivers())),
                Map.entry("LAB_HOSTNAME", recipe.hostname()),
                Map.entry("LAB_PASSWORD", recipe.passwordHash().orElse("none")),
                Map.entry("LAB_K0S", k0s.binary().toString()),
                Map.entry("LAB_K0S_IMAGES", lines(k0s.archives())),
                Map.entry("LAB_IMAGE_ID", id),
                Map.entry("LAB_BASE", root.toString()),
                Map.entry("LAB_PARENT", "stdin"));
    }

    private static String services(Recipe recipe, String runlevel) {
        return String.join(" ", recipe.services().getOrDefault(runlevel, List.of()));
    }

    private static String lines(List<Path> paths) {
        return paths.stream().map(Path::toString).collect(Collectors.joining("\n"));
    }
}

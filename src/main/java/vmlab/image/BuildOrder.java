package vmlab.image;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import vmlab.spec.ChrootStep;
import vmlab.spec.PackageSource;
import vmlab.spec.Recipe;

/**
 * What a build script is told.
 *
 * @param id what the image is called
 * @param epoch seconds since 1970: no file of the image is newer
 * @param kept where steps keep what they made
 */
record BuildOrder(
        Recipe recipe, K0s k0s, String id, String epoch, BuildCache kept, BuildCache.Root root, Optional<Lock> lock) {

    /** 2025-01-01: a date like any other, as long as it is the same on each machine. */
    private static final String EPOCH = "1735689600";

    /** The epoch that the user has set, else ours. */
    static String wantedEpoch() {
        String wanted = System.getenv().getOrDefault("SOURCE_DATE_EPOCH", "");
        return wanted.matches("[0-9]{1,11}") ? wanted : EPOCH;
    }

    /** The environment; what is too long for it lies in files below {@code folder}, which the script removes. */
    Map<String, String> environment(Path folder) throws IOException {
        Path work = Files.createDirectories(folder.resolve("work"));
        var environment = new TreeMap<>(Map.of(
                "LAB_SUITE", recipe.suite(),
                "LAB_PACKAGES", String.join(" ", recipe.packages()),
                "LAB_KERNEL", recipe.kernel(),
                "LAB_KERNEL_REMOVE", String.join(" ", recipe.removedModules()),
                "LAB_SOURCES", recipe.sources().stream().map(BuildOrder::source).collect(Collectors.joining("\n")),
                "LAB_OVERLAYS", lines(recipe.overlays()),
                "LAB_DRACUT_MODULES", String.join(" ", recipe.dracutModules()),
                "LAB_DRACUT_DRIVERS", String.join(" ", recipe.drivers()),
                "LAB_HOSTNAME", recipe.hostname(id),
                "LAB_PASSWORD", recipe.passwordHash().orElse("none")));
        environment.putAll(Map.of(
                "LAB_K0S",
                k0s.binary().toString(),
                "LAB_K0S_IMAGES",
                lines(k0s.archives()),
                "LAB_IMAGE_ID",
                id,
                "LAB_KEPT",
                kept.folder().toString(),
                "LAB_ROOT",
                root.name(),
                "LAB_ROOT_FROM",
                root.from().orElse(""),
                "LAB_STEPS",
                recipe.steps().isEmpty() ? "" : steps(work).toString(),
                "LAB_LOCK",
                lock.isEmpty() ? "" : locked(work, lock.get()).toString(),
                "LAB_PARENT",
                "stdin",
                "SOURCE_DATE_EPOCH",
                epoch));
        for (String runlevel : Recipe.RUNLEVELS) {
            environment.put(
                    "LAB_" + runlevel.toUpperCase(java.util.Locale.ROOT),
                    String.join(" ", recipe.services().getOrDefault(runlevel, List.of())));
        }
        return environment;
    }

    private Path steps(Path work) throws IOException {
        Path folder = Files.createDirectories(work.resolve("steps"));
        int number = 0;
        for (ChrootStep step : recipe.steps()) {
            Path file = folder.resolve(String.format(Locale.ROOT, "%02d-%s", ++number, step.name()));
            Files.writeString(file, step.run() + "\n");
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
        return folder;
    }

    private static Path locked(Path work, Lock lock) throws IOException {
        return Files.write(work.resolve("locked"), lock.lines());
    }

    private static String source(PackageSource source) {
        String key =
                source.trusted() ? "trusted" : source.key().map(Path::toString).orElse("");
        return String.join("|", source.url().orElse(""), source.suite(), String.join(",", source.components()), key);
    }

    private static String lines(List<Path> paths) {
        return paths.stream().map(Path::toString).collect(Collectors.joining("\n"));
    }
}

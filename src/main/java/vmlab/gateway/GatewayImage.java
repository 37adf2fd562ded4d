package vmlab.gateway;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import vmlab.boot.BootConfig;
import vmlab.image.BootImage;
import vmlab.image.GatewaySystem;
import vmlab.plan.Digest;
import vmlab.registry.ContainerStore;
import vmlab.registry.Loading;
import vmlab.registry.MadeArchive;
import vmlab.registry.StoredImage;
import vmlab.run.Environment;
import vmlab.run.LabFailure;
import vmlab.run.Program;
import vmlab.run.Run;
import vmlab.run.Sha256;
import vmlab.run.Trees;
import vmlab.spec.ImageName;

/**
 * The container image of a gateway: Debian's dnsmasq and tools, a Java runtime, lab, and the images that the lab's nodes boot. Each is a
 * layer of its own, so that what did not change is neither stored nor pushed twice.
 *
 * @param store where it goes
 * @param cache where what it is made of is kept
 * @param installation the folder in which lab is
 */
public record GatewayImage(ContainerStore store, Path cache, Path installation) {

    /** Of a registry that there is not: it has to be loaded, or pushed under another name. */
    private static final String REPOSITORY = "registry.lab.test/gateway";

    private static final Path PROGRAM = Path.of("/opt/lab");
    private static final Duration LIMIT = Duration.ofMinutes(10);
    private static final int ENOUGH = 8;

    /** The image for nodes that boot {@code booted}, unless the store has it already. */
    public StoredImage of(Collection<BootImage> booted, Run run) throws InterruptedException {
        Path system = GatewaySystem.built(cache, installation, true, run);
        try {
            ImageName name = ImageName.parse(REPOSITORY + ":" + key(system, booted));
            Optional<StoredImage> there = store.find(name);
            return there.isPresent() ? there.get() : make(name, system, booted, run);
        } catch (IOException error) {
            throw new UncheckedIOException("the gateway's image could not be made", error);
        }
    }

    /** Changes with whatever goes in. */
    private String key(Path system, Collection<BootImage> booted) throws IOException {
        List<String> parts = new ArrayList<>(
                List.of(system.getParent().getFileName().toString(), System.getProperty("java.runtime.version")));
        for (Path file : program()) {
            parts.add(file.getFileName() + " " + Sha256.of(file));
        }
        booted.stream().map(BootImage::digest).sorted().forEach(parts::add);
        return Digest.of(ENOUGH, parts.toArray(String[]::new));
    }

    private List<Path> program() throws IOException {
        List<Path> files = new ArrayList<>(List.of(installation.resolve("target/lab.jar")));
        for (Path folder : List.of(installation.resolve("target/lib"), files())) {
            try (Stream<Path> all = Files.walk(folder)) {
                all.filter(Files::isRegularFile).sorted().forEach(files::add);
            }
        }
        return files;
    }

    /** What is laid over its root. */
    private Path files() {
        return installation.resolve("images/gateway/root");
    }

    private StoredImage make(ImageName name, Path system, Collection<BootImage> booted, Run run)
            throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory(cache.resolve("gateway"), "image");
        try {
            List<Path> layers = new ArrayList<>(List.of(
                    system,
                    runtime(),
                    tar(folder.resolve("files.tar"), files(), Path.of("/"), "."),
                    tar(folder.resolve("program.tar"), installation.resolve("target"), PROGRAM, "lab.jar", "lib")));
            for (BootImage image : booted) {
                Path at = BootConfig.GATEWAY_IMAGES.resolve(image.digest());
                layers.add(tar(
                        folder.resolve(image.digest() + ".tar"),
                        image.folder(),
                        at,
                        image.files().keySet().toArray(String[]::new)));
            }
            Path archive = Files.createDirectory(folder.resolve("archive"));
            new MadeArchive(List.of("/usr/lib/lab/gateway"), layers).write(archive);
            return new Loading(store, Optional.of(name))
                    .load(archive.toString(), InputStream.nullInputStream(), run)
                    .getFirst();
        } finally {
            Trees.delete(folder);
        }
    }

    /** A runtime with all that Java SE has; that of a packaged lab is one already, and has no tool to make another. */
    private Path runtime() throws IOException, InterruptedException {
        Path kept = cache.resolve("gateway").resolve("runtime-" + System.getProperty("java.runtime.version") + ".tar");
        if (Files.exists(kept)) {
            return kept;
        }
        Path java = Path.of(System.getProperty("java.home"));
        Path folder = Files.createTempDirectory(cache.resolve("gateway"), "runtime");
        try {
            Path made = java;
            if (Files.exists(java.resolve("bin/jlink"))) {
                made = folder.resolve("runtime");
                run(
                        java.resolve("bin/jlink").toString(),
                        "--add-modules",
                        "java.se,jdk.httpserver,jdk.unsupported,jdk.zipfs",
                        "--strip-debug",
                        "--no-header-files",
                        "--no-man-pages",
                        "--output",
                        made.toString());
            }
            Path tar = tar(folder.resolve("runtime.tar"), made, PROGRAM.resolve("runtime"), ".");
            return Files.move(tar, kept);
        } finally {
            Trees.delete(folder);
        }
    }

    private static Path tar(Path file, Path folder, Path at, String... what) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                "tar",
                "-c",
                "-C",
                folder.toString(),
                "--sort=name",
                "--owner=0",
                "--group=0",
                "--numeric-owner",
                "--mtime=@0",
                "--format=posix",
                "--pax-option=delete=atime,delete=ctime"));
        command.addAll(List.of("--transform", "s,^,." + at + "/,S", "-f", file.toString(), "--"));
        command.addAll(List.of(what));
        run(command.toArray(String[]::new));
        return file;
    }

    private static void run(String... command) throws IOException, InterruptedException {
        Program.Said said = new Program(Environment.process(command), LIMIT).run();
        if (!said.isWell()) {
            throw LabFailure.machine(
                    "the gateway's image could not be made",
                    command[0] + ": " + said.text(),
                    "see whether the disk is full");
        }
    }
}

package vmlab.image;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import vmlab.run.Event;
import vmlab.run.Run;

/** An installation with a build script, a recipe and a k0s, all below a temporary folder. */
public final class World {

    /** Leaves what a build script must leave, and a line for each build. */
    static final String BUILDS = """
            [ "$1" != --remove ] || exec rm -rf "$2"
            echo "step: packages"
            echo built >> "$(dirname "$0")/builds"
            for file in vmlinuz initrd root.squashfs packages.txt; do echo "$LAB_HOSTNAME" > "$1/$file"; done
            """;

    final Path folder;
    final List<Event> events = Collections.synchronizedList(new ArrayList<>());
    final Run run = new Run(events::add);

    /** Makes them. */
    public World(Path folder) throws IOException {
        this.folder = folder;
        buildScript(BUILDS);
        // Answers `version` with a line, as k0s does.
        Files.copy(Path.of("/bin/echo").toRealPath(), path("k0s"));
        write("overlay/etc/motd", "hello");
        recipe("hostname: node");
    }

    /** A file or folder of it. */
    public Path path(String name) {
        return folder.resolve(name);
    }

    Path write(String name, String text) throws IOException {
        Path file = path(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, text);
    }

    Path executable(String name, String text) throws IOException {
        Path file = write(name, "#!/bin/bash\nset -e\n" + text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
        return file;
    }

    void buildScript(String text) throws IOException {
        executable("images/build-apt.sh", text);
    }

    void recipe(String more) throws IOException {
        write("recipe.yaml", """
                apiVersion: lab-image/v1
                name: small
                base: apt
                suite: trixie
                kernel: linux-image-cloud-amd64
                packages: [openrc]
                overlay: [overlay]
                k0s: {file: ./k0s}
                %s
                """.formatted(more));
    }

    /** Its images. */
    public Images images(boolean mayBuild) {
        return new Images(path("cache"), mayBuild, folder);
    }

    /** The same, whose store is seen in {@code folder}, which is this world's in another light. */
    public Images images(Path seen) {
        return new Images(seen.resolve("cache"), true, folder);
    }

    /** The recipe's image. */
    public BootImage resolve() throws InterruptedException {
        return images(true).resolve(path("recipe.yaml"), run);
    }

    /** How often the build script has built. */
    public long builds() throws IOException {
        Path builds = path("images/builds");
        return Files.exists(builds) ? Files.readAllLines(builds).size() : 0;
    }
}

package vmlab.spec;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;

/** Folders of checks in {@code tests} of a cluster.yaml. */
class OwnChecksTest extends InAWorld {

    private static final String VALID = World.HEAD + "nodes: [{name: cp}]\n";

    private void check(String name) throws IOException {
        Files.setPosixFilePermissions(world.write(name, "#!/bin/sh\n"), PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    @Test
    void anExecutableFileIsACheckAndOtherFilesAreWhatChecksUse() throws IOException {
        check("checks/b.sh");
        check("checks/a");
        check("checks/.hidden");
        check("checks/lib/common.sh");
        world.write("checks/README.md", "# Checks\n");

        assertThat(world.cluster(VALID + "tests: [smoke, ./checks]\n").tests())
                .containsExactly(Suite.SMOKE, new OwnChecks(folder.resolve("checks")));
        OwnChecks checks = OwnChecks.in(folder.resolve("checks"));
        assertThat(checks.files()).extracting(Path::getFileName).hasToString("[a, b.sh]");
        assertThat(checks).hasToString("checks");
    }

    @Test
    void whatHasNoCheckOrOneThatCannotBeExecutedIsRefusedAllAtOnce() throws IOException {
        world.folder("empty");
        check("mute/a");
        world.write("mute/b.sh", "#!/bin/sh\n");

        assertThat(world.said(VALID + "tests: [./none, ./empty, ./mute, ./debian.yaml, check]\n"))
                .hasSize(5)
                .anySatisfy(said -> assertThat(said).contains("tests[0]: there is no folder", "none"))
                .anySatisfy(said -> assertThat(said).contains("tests[1]: there is no executable file in", "empty"))
                .anySatisfy(said -> assertThat(said).contains("tests[2]: b.sh in", "can't be executed", "chmod +x"))
                .anySatisfy(said -> assertThat(said).contains("tests[3]: './debian.yaml' is no folder"))
                .anySatisfy(said -> assertThat(said).contains("tests[4]: 'check' is unknown", "such as ./check"));
    }
}

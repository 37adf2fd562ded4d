package vmlab.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import vmlab.machine.Needs;
import vmlab.spec.Recipe;
import vmlab.spec.Specs;

/**
 * How packages come into a root with dnf and with Podman: the real tools, where they are installed, with sources that the test makes.
 * Neither Fedora nor Alpine can be reached in each place where this is tested, so the images' later steps are not run for them.
 */
@Execution(ExecutionMode.CONCURRENT)
class OtherBasesTest {

    private static final Path SCRIPTS = Path.of("images").toAbsolutePath();

    @TempDir
    Path folder;

    private String said = "";

    private int run(Map<String, String> environment, String... command) throws IOException, InterruptedException {
        Path file = folder.resolve("said");
        var process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(file.toFile());
        process.environment().putAll(environment);
        int status = process.start().waitFor();
        said = Files.readString(file);
        return status;
    }

    /** The recipe's own packages, with its own kernel. */
    private int packages(String base, Recipe recipe, Map<String, String> more) throws Exception {
        var settings = new java.util.TreeMap<>(Map.of(
                "LAB_SUITE", recipe.suite(), "LAB_KERNEL", recipe.kernel(), "LAB_ROOT", "root-" + recipe.name()));
        settings.putAll(more);
        return packages(base, String.join(" ", recipe.packages()), settings);
    }

    private int packages(String base, String names, Map<String, String> more) throws Exception {
        var environment = new java.util.TreeMap<>(Map.of(
                "LAB_SUITE", "v1",
                "LAB_PACKAGES", names,
                "LAB_KERNEL", "linux",
                "LAB_OVERLAYS", folder.toString(),
                "LAB_DRACUT_MODULES", "none",
                "LAB_HOSTNAME", "node",
                "LAB_PASSWORD", "none",
                "LAB_K0S", "/bin/true",
                "LAB_KEPT", folder.resolve("kept").toString(),
                "LAB_ROOT", "root-" + names.replace(' ', '-')));
        environment.put("LAB_IMAGE_ID", "id");
        environment.putAll(more);
        return run(environment, SCRIPTS.resolve("build-" + base + ".sh").toString(), "out", "--packages");
    }

    @Test
    void dnfInstallsFromTheRecipesSources() throws Exception {
        Needs.programs("dnf", "rpmbuild", "createrepo_c");
        var source = repository(List.of("hello", "linux"));

        assertThat(packages("dnf", "hello", source)).as(said).isZero();
        assertThat(folder.resolve("out/packages.txt"))
                .content()
                .startsWith("hello 1.0-1 noarch")
                .contains("linux 1.0-1 noarch");

        assertThat(packages("dnf", "hullo", source)).isEqualTo(1);
        assertThat(UnknownPackage.in(said.lines().toList(), folder.resolve("out/names")))
                .contains(new UnknownPackage("hullo", java.util.Optional.of("hello")));
    }

    @Test
    void theReadyRecipeForFedoraIsWhatDnfInstalls() throws Exception {
        Needs.programs("dnf", "rpmbuild", "createrepo_c");
        Recipe fedora = Specs.readRecipe(SCRIPTS.resolve("fedora.yaml"));
        var names = new TreeSet<>(fedora.packages());
        names.add(fedora.kernel());

        assertThat(packages("dnf", fedora, repository(names))).as(said).isZero();
        assertThat(Files.readAllLines(folder.resolve("out/packages.txt")))
                .containsExactlyElementsOf(
                        names.stream().map(name -> name + " 1.0-1 noarch 0").toList());
    }

    /** A repository with an RPM of each of these names, each with a file of its own. */
    private Map<String, String> repository(Collection<String> names) throws Exception {
        StringBuilder spec = new StringBuilder("""
                Name: lab
                Version: 1.0
                Release: 1
                Summary: the source of the others
                License: none
                BuildArch: noarch
                %description
                %install
                mkdir -p %{buildroot}/usr/lib/modules/1
                """);
        names.forEach(name -> spec.append("echo %1$s >%%{buildroot}/usr/lib/modules/1/%1$s\n".formatted(name)));
        names.forEach(name -> spec.append("""
                %%package -n %1$s
                Summary: a package
                %%description -n %1$s
                %%files -n %1$s
                /usr/lib/modules/1/%1$s
                """.formatted(name)));
        Files.writeString(folder.resolve("lab.spec"), spec);
        assertThat(run(Map.of(), "rpmbuild", "-bb", "--define", "_topdir " + folder.resolve("rpm"), "lab.spec"))
                .as(said)
                .isZero();
        assertThat(run(Map.of(), "createrepo_c", "-q", "rpm/RPMS")).as(said).isZero();
        return Map.of("LAB_SOURCES", "file://" + folder.resolve("rpm/RPMS") + "|||trusted");
    }

    @Test
    void podmanBuildsTheContainerfileAndItsRootIsTaken() throws Exception {
        Needs.programs("podman", "busybox");
        Path base = Files.createDirectories(folder.resolve("base"));
        Files.createDirectories(base.resolve("bin"));
        Files.createDirectories(base.resolve("lib/apk/db"));
        Files.copy(Path.of("/usr/bin/busybox"), base.resolve("bin/busybox"));
        // A static busybox has no libraries, and ldd says so.
        run(Map.of(), "ldd", "/usr/bin/busybox");
        for (String word : said.split("\\s+")) {
            if (word.startsWith("/") && Files.exists(Path.of(word))) {
                Path copy = base.resolve(word.substring(1));
                Files.createDirectories(copy.getParent());
                Files.copy(Path.of(word).toRealPath(), copy);
            }
        }
        for (String name : List.of("sh", "mkdir")) {
            Files.createSymbolicLink(base.resolve("bin/" + name), Path.of("busybox"));
        }
        // In the place of Alpine's: it notes what it was asked for where apk would.
        Path apk = Files.writeString(base.resolve("bin/apk"), """
                #!/bin/sh
                shift 2
                mkdir -p /boot /lib/modules/6/kernel
                for name; do printf 'P:%s\\nV:1.0-r0\\nA:x86_64\\nI:2048\\n\\n' "$name" >>/lib/apk/db/installed; done
                """);
        assertThat(apk.toFile().setExecutable(true)).isTrue();
        assertThat(run(Map.of(), "tar", "-c", "-C", base.toString(), "-f", "base.tar", "."))
                .isZero();
        String podman = "podman --root %1$s/store --runroot %1$s/run --storage-driver vfs".formatted(folder);
        var words = new java.util.ArrayList<>(List.of(podman.split(" ")));
        words.addAll(List.of("import", "--change", "ENV PATH=/bin", "base.tar", "localhost/lab-alpine:1"));
        assumeTrue(run(Map.of(), words.toArray(String[]::new)) == 0, "podman can't work here: " + said);

        var settings = Map.of("CONTAINER_TOOL", podman, "LAB_ALPINE", "localhost/lab-alpine:1");
        Recipe alpine = Specs.readRecipe(SCRIPTS.resolve("alpine.yaml"));
        var names = new TreeSet<>(alpine.packages());
        names.add(alpine.kernel());

        assertThat(packages("apk", alpine, settings)).as(said).isZero();
        assertThat(Files.readAllLines(folder.resolve("out/packages.txt")))
                .containsExactlyElementsOf(
                        names.stream().map(name -> name + " 1.0-r0 x86_64 2").toList());
        assertThat(folder.resolve("kept/root-alpine.tar.zst")).exists();
        assertThat(run(Map.of(), "tar", "-tf", "kept/root-alpine.kernel.tar.zst"))
                .isZero();
        assertThat(said).as("modules are in /usr").contains("./usr/lib/modules/6/kernel/");
    }
}

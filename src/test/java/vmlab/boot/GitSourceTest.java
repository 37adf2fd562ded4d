package vmlab.boot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vmlab.run.LabFailure;

/** Repositories and folders as people have them. */
class GitSourceTest {

    @TempDir
    Path folder;

    private Path source;
    private Path bare;

    @BeforeEach
    void aFolder() throws IOException {
        source = Files.createDirectories(folder.resolve("post-boot"));
        bare = folder.resolve("provision.git");
        Files.writeString(source.resolve("run.sh"), "echo ran\n");
    }

    private GitSource here() {
        return new GitSource(source, "HEAD", "run.sh");
    }

    private static void git(Path where, String... arguments) throws InterruptedException {
        Git.in(where).run(arguments);
    }

    private static void commit(Path where) throws InterruptedException {
        git(where, "init", "-q", "-b", "main");
        git(where, "add", ".");
        git(where, "-c", "user.name=t", "-c", "user.email=t@t", "commit", "-q", "--allow-empty", "-m", "x");
    }

    private String served(String file) throws InterruptedException {
        return Git.in(bare).run("show", "lab:" + file);
    }

    @Test
    void aScriptThatIsALinkWithinTheCommitWillDoAndOneThatLeadsOutIsRefused() throws Exception {
        Files.createDirectories(source.resolve("scripts"));
        Files.move(source.resolve("run.sh"), source.resolve("scripts/provision.sh"));
        Files.createSymbolicLink(source.resolve("run.sh"), Path.of("scripts/provision.sh"));
        commit(source);
        here().snapshot(bare);

        Files.delete(source.resolve("run.sh"));
        Files.createSymbolicLink(source.resolve("run.sh"), Path.of("/bin/sh"));
        commit(source);
        assertThatThrownBy(here()::check).hasMessageContaining("symbolic link");
    }

    @Test
    void aRepositoryInAFolderIsServedAsItsFilesAndNamed() throws Exception {
        Path role = Files.createDirectories(source.resolve("roles/base"));
        Files.writeString(role.resolve("tasks.sh"), "true\n");
        commit(role);
        Files.createDirectories(source.resolve("roles/empty/.git"));
        Files.createSymbolicLink(source.resolve("outside"), Path.of("../elsewhere"));

        here().snapshot(bare);

        assertThat(served("roles/base/tasks.sh")).isEqualTo("true");
        assertThat(here().remarks())
                .anyMatch(line -> line.contains("roles/base"))
                .anyMatch(line -> line.contains("outside"));
    }

    @Test
    void submodulesAndPointersOfLfsAreNamed() throws Exception {
        Path role = Files.createDirectories(folder.resolve("role"));
        commit(role);
        commit(source);
        git(source, "submodule", "--quiet", "add", role.toString(), "roles/base");
        Files.writeString(source.resolve(".gitattributes"), "*.bin filter=lfs\n");
        Files.writeString(source.resolve("large.bin"), "version https://git-lfs.github.com/spec/v1\n");
        commit(source);

        assertThat(here().remarks()).anyMatch(line -> line.contains("submodules") && line.contains("roles/base"));
        assertThat(here().remarks()).anyMatch(line -> line.contains("large.bin"));
        here().snapshot(bare);
    }

    @Test
    void aShallowCloneIsServed() throws Exception {
        commit(source);
        Files.writeString(source.resolve("run.sh"), "echo again\n");
        commit(source);
        Path clone = folder.resolve("clone");
        git(folder, "clone", "-q", "--depth", "1", "file://" + source, clone.toString());
        GitSource shallow = new GitSource(clone, "HEAD", "run.sh");

        shallow.snapshot(bare);
        assertThat(served("run.sh")).isEqualTo("echo again");
        assertThatThrownBy(() -> new GitSource(clone, "v1", "run.sh").check())
                .isInstanceOfSatisfying(
                        LabFailure.class, refused -> assertThat(refused.next()).contains("shallow"));
    }

    @Test
    void theRepositorysOwnSettingsChangeNothing() throws Exception {
        commit(source);
        for (String setting : new String[] {
            "push.gpgSign true",
            "push.recurseSubmodules check",
            "push.pushOption ci.skip",
            "protocol.file.allow never",
            "core.hooksPath " + folder,
            "push.followTags true"
        }) {
            String[] words = setting.split(" ");
            git(source, "config", words[0], words[1]);
        }

        here().snapshot(bare);
        assertThat(served("run.sh")).isEqualTo("echo ran");
    }

    @Test
    void aBranchAndATagOfOneNameAreNoReasonToStop() throws Exception {
        commit(source);
        git(source, "branch", "release");
        git(source, "tag", "release");

        new GitSource(source, "release", "run.sh").snapshot(bare);
    }

    @Test
    void aRepositoryOfAnotherUserIsRefusedWithGitsOwnCure() throws Exception {
        assumeThat(System.getProperty("user.name"))
                .as("who may give files away")
                .isEqualTo("root");
        assumeThat(System.getenv("SUDO_UID")).isNull();
        commit(source);
        assertThat(new ProcessBuilder("chown", "-R", "12345", source.toString())
                        .start()
                        .waitFor())
                .isZero();
        assumeThat(Git.asTheUser(source).ask("config", "safe.directory").text()).isEmpty();

        assertThatThrownBy(here()::check).isInstanceOfSatisfying(LabFailure.class, refused -> {
            assertThat(refused.why()).contains("12345");
            assertThat(refused.next()).contains("safe.directory " + source, "chown");
        });
    }

    @Test
    void aFolderBehindALinkHasTheVersionOfItsFiles() throws Exception {
        Path link = Files.createSymbolicLink(folder.resolve("link"), source);
        GitSource linked = new GitSource(link, "HEAD", "run.sh");
        String before = linked.version();
        assertThat(before).isEqualTo(here().version());

        Files.writeString(source.resolve("run.sh"), "echo other\n");
        assertThat(linked.version()).isNotEqualTo(before);
    }
}

package vmlab.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that are no YAML of ours at all. */
class SourceTest {

    @TempDir
    private Path folder;

    private World world() {
        return World.in(folder);
    }

    @Test
    void aMissingFileIsAnsweredWithTheNearestName() throws java.io.IOException {
        world().write("cluster.yaml", "");

        assertThatThrownBy(() -> Specs.readCluster(folder.resolve("clutser.yaml")))
                .hasMessage(folder + "/clutser.yaml: no such file; did you mean 'cluster.yaml'?");
        Path link = Files.createSymbolicLink(folder.resolve("link.yaml"), Path.of("gone.yaml"));
        assertThatThrownBy(() -> Specs.readCluster(link)).hasMessageContaining("is a link that leads nowhere");
        assertThatThrownBy(() -> Specs.readCluster(folder.resolve("no/cluster.yaml")))
                .hasMessageContaining("no such file; there is no folder");
    }

    @Test
    void aFolderIsNoFile() {
        assertThatThrownBy(() -> Specs.readCluster(folder)).hasMessageContaining("is a folder");
    }

    @Test
    void aFileThatMayNotBeReadSaysHow() {
        // One that the kernel lets nobody read, root neither.
        var file = Path.of("/proc/sys/net/ipv4/route/flush");

        assertThatThrownBy(() -> Specs.readCluster(file)).hasMessageContaining("may not be read; make it readable");
    }

    @Test
    void bytesThatAreNotUtf8HaveAPlace() throws IOException {
        var file = Files.write(
                folder.resolve("latin1.yaml"), new byte[] {'a', ':', '\n', 'b', ':', ' ', (byte) 0xE4, '\n'});

        assertThatThrownBy(() -> Specs.readCluster(file))
                .hasMessage(file + ":2:4: byte 0xE4 is not UTF-8; save the file as UTF-8");
    }

    @Test
    void aFileThatEndsWithinACharacterIsNotUtf8() throws IOException {
        var file = Files.write(folder.resolve("cut.yaml"), new byte[] {'a', (byte) 0xC3});

        assertThatThrownBy(() -> Specs.readCluster(file)).hasMessageContaining(":1:2: byte 0xC3 is not UTF-8");
    }

    @Test
    void aByteOrderMarkIsNoProblem() {
        assertThat(world().said("\uFEFF" + World.HEAD + "nodes: [{name: cp}]")).isEmpty();
    }

    @Test
    void emptyFilesAreCalledEmpty() {
        for (var empty : new String[] {"", "\n\n", "# nothing but this\n", "---\n", "~"}) {
            assertThat(world().said(empty)).singleElement().asString().contains("is empty; start with apiVersion");
        }
    }

    @Test
    void anEndlessFileIsNotReadToItsEnd() {
        var large = world().write("large.yaml", "#".repeat((1 << 20) + 1));

        assertThatThrownBy(() -> Specs.readCluster(large)).hasMessageContaining("is larger than 1 MiB");
    }

    @Test
    void brokenYamlShowsTheSpot() {
        assertThat(world().said("name: demo\nimage: a: b\n"))
                .singleElement()
                .asString()
                .startsWith("cluster.yaml:2:9: is not YAML: mapping values are not allowed here; look at")
                .contains("image: a: b")
                .contains("^");
    }

    @Test
    void tabsAndControlCharactersAreNotYaml() {
        assertThat(world().said("name:\n\t- x\n"))
                .singleElement()
                .asString()
                .contains("is not YAML")
                .contains("TAB");
        assertThat(world().said("name: \u0007\n")).singleElement().asString().contains("is not YAML");
    }

    @Test
    void aListOrTextAtTheTopIsNoFileOfOurs() {
        assertThat(world().said("- a\n"))
                .containsExactly("cluster.yaml:1:1: is a list where keys belong; start with apiVersion: …");
        assertThat(world().said("hello\n")).singleElement().asString().contains("is 'hello' where keys belong");
    }

    @Test
    void twoDocumentsInAFileAreRefused() {
        assertThat(world().said("a: 1\n---\nb: 1\n"))
                .singleElement()
                .asString()
                .contains("cluster.yaml:3:1: a second document begins here; keep one in a file");
    }

    @Test
    void aliasesAreRefusedBeforeTheyCanGrow() {
        var bomb = new StringBuilder("a0: &a0 [x, x]\n");
        for (int i = 1; i < 40; i++) {
            bomb.append("a%1$d: &a%1$d [*a%2$d, *a%2$d]\n".formatted(i, i - 1));
        }

        assertThat(world().said(bomb.toString()))
                .containsExactly(
                        "cluster.yaml:2:10: '*a0' is an alias, which are not understood here; write the value out");
    }

    @Test
    void tagsAreRefused() {
        assertThat(world().said(World.HEAD + "nodes: !!java.util.ArrayList [{name: cp}]"))
                .anyMatch(said -> said.contains("nodes: has the tag tag:yaml.org,2002:java.util.ArrayList"));
        assertThat(world().said("!x {}")).singleElement().asString().contains("has the tag !x");
    }

    @Test
    void whatWasFoundDoesNotSteerTheTerminal() {
        assertThat(world().said("\"\\e[31mname\": x")).anyMatch(said -> said.contains("unknown key '?[31mname'"));
    }

    @Test
    void nestingWithoutEndIsRefused() {
        assertThat(world().said("a: " + "[".repeat(5000)))
                .singleElement()
                .asString()
                .contains("is not YAML");
    }

    @Test
    void mergeKeysAndKeysThatAreNoNamesAreRefused() {
        assertThat(world().said(World.HEAD + "nodes: [{name: cp}]\n<<: {accel: kvm}\n? [a]\n: b\n"))
                .containsExactly(
                        "cluster.yaml:5:1: has a merge key '<<', which is not understood here; write its keys out",
                        "cluster.yaml:6:3: a key is a name; write key: value");
    }
}

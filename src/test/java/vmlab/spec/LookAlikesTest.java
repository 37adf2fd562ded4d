package vmlab.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files as they come from web pages, word processors, other systems and other programs. */
class LookAlikesTest extends InAWorld {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "  - name: cp\\n\u00A0\u00A0\u00A0\u00A0cpus: 2 | 6:1: '<U+00A0><U+00A0><U+00A0><U+00A0>cpus' has a no-break space",
                "\u00A0\u00A0- name: cp          | 5:1: '<U+00A0><U+00A0>- name' has a no-break space (U+00A0); type it anew",
                "  - name:\u00A0cp                | 5:3: 'name:<U+00A0>cp' has a no-break space",
                "  - name: cp\u200B               | 5:9: 'cp<U+200B>' has a zero width space",
                "  - name: \u201Ccp\u201D        | 5:9: '\u201Ccp\u201D' has a left double quotation mark (U+201C)",
                "  - name: \u2018cp\u2019        | has a left single quotation mark",
                "  \u2013 name: cp                | 5:1: '\u2013 name' has an en dash (U+2013)",
                "  - name: cp\u3000               | has an ideographic space",
                "  - name\uFF1A cp\\n    cpus: 2  | 5:7: is not YAML: the line has a fullwidth colon (U+FF1A)",
                "  - name: \\\"cp\u201D           | 5:12: is not YAML: the line has a right double quotation mark",
            })
    void whatLooksLikeYamlIsNamed(String nodes, String said) {
        assertThat(world.said(World.HEAD + "nodes:\n" + nodes.translateEscapes()))
                .anySatisfy(problem -> assertThat(problem).contains(said));
    }

    @Test
    void inQuotesAndCommentsAndBlocksTheyAreText() {
        assertThat(world.said(World.HEAD + """
                # \u201Cours\u201D \u2013 not theirs
                k0s:
                  config:
                    a: "\u201Cx\u201D\u00A0"
                    b: |
                      it\u2019s a script
                nodes: [{name: cp}]
                """)).isEmpty();
    }

    @Test
    void whatNobodyWouldSeeIsShownInQuotesToo() {
        assertThat(world.said(World.HEAD + "nodes: [{name: \"cp\u00A0\"}]"))
                .singleElement()
                .asString()
                .contains("'cp<U+00A0>' is not valid");
    }

    @Test
    void otherSystemsEndTheirLinesOtherwise() {
        String text = World.HEAD + "nodes:\n  - name: cp\n    labels:\n      a: \"\"\n";

        assertThat(world.said(text.replace("\n", "\r\n"))).isEmpty();
        assertThat(world.said(text.replace("\n", "\r"))).isEmpty();
    }

    @Test
    void jsonIsYamlTabsIncluded() {
        assertThat(world.said("""
                {
                \t"apiVersion": "lab/v1",
                \t"name": "demo",
                \t"image": "debian.yaml",
                \t"nodes": [
                \t\t{"name": "cp", "cpus": 2, "labels": {"a": ""}}
                \t]
                }
                """)).isEmpty();
    }

    @Test
    void emptyDocumentsAroundTheOneAreNone() {
        assertThat(world.said("# made by a template\n---\n" + World.HEAD + "nodes: [{name: cp}]\n---\n# end\n"))
                .isEmpty();
        assertThat(world.said("---\n" + World.HEAD + "nodes: [{name: cp}]\n...\n"))
                .isEmpty();
    }

    @Test
    void aNullIsNoText() {
        assertThat(world.said(World.HEAD + "nodes: [{name: cp, boot: null}]\nprovision: {git: ., ref: ~}\n"))
                .satisfiesExactly(
                        first -> assertThat(first).contains("nodes[0].boot: has no value; remove the key"),
                        second -> assertThat(second).contains("provision.ref: has no value; remove the key"));
    }

    @Test
    void utf16IsCalledSo() throws Exception {
        for (var charset : new String[] {"UTF-16", "UTF-16LE", "UTF-16BE"}) {
            var file = Files.write(folder.resolve("wide.yaml"), World.HEAD.getBytes(charset));

            assertThatThrownBy(() -> Specs.readCluster(file)).hasMessage(file + ": is UTF-16; save the file as UTF-8");
        }
    }

    @Test
    void whatCanBeReadOnlyOnceIsNotRead() throws Exception {
        var pipe = folder.resolve("pipe");
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor())
                .isZero();

        assertThatThrownBy(() -> Specs.readCluster(pipe)).hasMessageContaining("is a pipe or a device; save the text");
        assertThatThrownBy(() -> Specs.readCluster(Path.of("/dev/zero"))).hasMessageContaining("is a pipe or a device");
        assertThatThrownBy(() -> Specs.readCluster(Path.of("-"))).hasMessageContaining("nothing is read from stdin");
        assertThat(Specs.readName(pipe)).isEmpty();
    }

    @Test
    void theNameIsFoundInJsonAndInQuotes() throws Exception {
        var file = folder.resolve("cluster.json");

        assertThat(Specs.readName(Files.writeString(file, "{\"nodes\": [{\"name\": \"cp\"}], \"name\": \"demo\"}")))
                .contains("demo");
        assertThat(Specs.readName(Files.writeString(file, "\"name\" : demo\r\nnodes: [{\r\n")))
                .contains("demo");
        assertThat(Specs.readName(Files.write(file, "name: demo # \u00E4\n".getBytes(StandardCharsets.ISO_8859_1))))
                .contains("demo");
    }
}

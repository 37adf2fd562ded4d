package vmlab.libvirt;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** As whom QEMU runs at a libvirt that runs it as a user of its own, and whose the files are that it starts with. */
class OwnersQemuTest {

    private static final String CAPABILITIES = """
            <capabilities><host>
              <secmodel><model>apparmor</model><doi>0</doi></secmodel>
              <secmodel><model>dac</model><doi>0</doi>
                <baselabel type='kvm'>+64055:+107</baselabel><baselabel type='qemu'>+64055:+107</baselabel></secmodel>
            </host></capabilities>""";

    private static final String LABEL = "+1000:+107";

    @TempDir
    private Path folder;

    @Test
    void qemuIsTheOwnerOfTheLabAndKeepsLibvirtsGroup() {
        assertThat(OwnersQemu.label(CAPABILITIES, 1000)).contains(LABEL);
    }

    @Test
    void aLibvirtThatRunsItAsTheOwnerAnywayOrHasNoSuchDriverIsLeftAlone() {
        assertThat(OwnersQemu.label(CAPABILITIES, 64055)).isEmpty();
        assertThat(OwnersQemu.label("<capabilities/>", Path.of("/no/such/folder")))
                .isEmpty();
    }

    @Test
    void noFileChangesHandsAndOnlyUefiHasVariables() {
        assertThat(OwnersQemu.labelled("<domain><os firmware='efi'/></domain>", LABEL, Path.of("/lab/cp.vars")))
                .contains(
                        "<seclabel model=\"dac\" relabel=\"no\" type=\"static\">",
                        "<label>" + LABEL + "</label>",
                        "<nvram>/lab/cp.vars</nvram>");
        assertThat(OwnersQemu.labelled("<domain><os/></domain>", LABEL, Path.of("/lab/cp.vars")))
                .doesNotContain("nvram");
    }

    @Test
    void itsFilesAreThereBeforeLibvirtMakesThemAnothers() throws IOException {
        Path template = Files.writeString(folder.resolve("template"), "as shipped");
        Path variables = folder.resolve("cp.vars");
        Path log = folder.resolve("cp.log");
        String described = description(variables, template, log, "<seclabel model='dac'/>");

        OwnersQemu.makeFiles(described);

        assertThat(variables).hasContent("as shipped");
        assertThat(log).isEmptyFile();
        for (Path file : new Path[] {variables, log}) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                    .isEqualTo("rw-------");
        }

        Files.writeString(variables, "as the node has them");
        Files.writeString(log, "what it said");
        OwnersQemu.makeFiles(described);

        assertThat(variables).hasContent("as the node has them");
        assertThat(log).hasContent("what it said");
    }

    @Test
    void anyOthersFilesAreLibvirtsToMake() {
        Path log = folder.resolve("cp.log");

        OwnersQemu.makeFiles(description(folder.resolve("cp.vars"), folder.resolve("template"), log, ""));

        assertThat(log).doesNotExist();
    }

    private static String description(Path variables, Path template, Path log, String label) {
        return "<domain><os><nvram template='%s'>%s</nvram></os><serial><log file='%s'/></serial>%s</domain>"
                .formatted(template, variables, log, label);
    }
}

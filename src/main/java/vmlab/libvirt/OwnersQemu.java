package vmlab.libvirt;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import vmlab.run.AtomicFile;
import vmlab.run.AtomicFile.Readers;
import vmlab.run.PrivateFiles;

/**
 * QEMU as the user whose lab it is. The libvirt of a distribution runs QEMU as a user of its own, who may not enter the lab's folder, and
 * gives files to that user. A label for its driver of users and groups (DAC; formatdomain, "Security label") says otherwise for one machine:
 * then no file changes hands. Its other drivers, AppArmor's and SELinux's, do what they always do.
 */
final class OwnersQemu {

    private static final String DRIVER = "dac";

    private OwnersQemu() {}

    /**
     * The label by which QEMU is run as {@code uid}; empty where it is anyway, or where libvirt has no such driver. It keeps the group that
     * libvirt gives it: libvirt's own folders may be open to that alone, as on Debian.
     */
    static Optional<String> label(String capabilities, int uid) {
        return elements(Xml.parse(capabilities), "secmodel")
                .filter(model -> DRIVER.equals(text(model, "model")))
                .map(model -> text(model, "baselabel").split(":"))
                .filter(ids -> ids.length == 2 && !ids[0].equals("+" + uid))
                .map(ids -> "+" + uid + ":" + ids[1])
                .findFirst();
    }

    /** The same for the owner of a folder, which must be there where libvirt has the driver. */
    static Optional<String> label(String capabilities, Path folder) {
        return capabilities.contains(">" + DRIVER + "<") ? label(capabilities, uid(folder)) : Optional.empty();
    }

    private static int uid(Path folder) {
        try {
            return (int) Files.getAttribute(folder, "unix:uid");
        } catch (IOException error) {
            throw new UncheckedIOException("the owner of " + folder + " can't be told", error);
        }
    }

    /** The description of a machine whose QEMU is run so; {@code variables}: where UEFI keeps its own, if the machine has it. */
    static String labelled(String description, String label, Path variables) {
        Document document = Xml.parse(description);
        Xml root = Xml.of(document.getDocumentElement());
        Xml security = root.child("seclabel")
                .set("type", "static")
                .set("model", DRIVER)
                .set("relabel", "no");
        security.leaf("label", label);
        elements(document, "os")
                .filter(os -> os.getAttribute("firmware").equals("efi"))
                .forEach(os -> Xml.of(os).leaf("nvram", variables));
        return Xml.write(document);
    }

    /**
     * Makes what libvirt would make as somebody else's when it starts such a machine: UEFI's variables, as QEMU's usual user's, and the log
     * of the serial console, as root's. Libvirt uses what is there. Any other machine's are left to it.
     */
    static void makeFiles(String description) {
        Document document = Xml.parse(description);
        if (elements(document, "seclabel").noneMatch(label -> DRIVER.equals(label.getAttribute("model")))) {
            return;
        }
        try {
            for (Element log : elements(document, "log").toList()) {
                PrivateFiles.append(Path.of(log.getAttribute("file")), "");
            }
            for (Element variables : elements(document, "nvram").toList()) {
                Path file = Path.of(variables.getTextContent());
                if (!Files.exists(file)) {
                    byte[] template = Files.readAllBytes(Path.of(variables.getAttribute("template")));
                    AtomicFile.write(file, template, Readers.OWNER);
                }
            }
        } catch (IOException error) {
            throw new UncheckedIOException("what a machine starts with could not be made", error);
        }
    }

    private static String text(Element parent, String name) {
        NodeList found = parent.getElementsByTagName(name);
        return found.getLength() == 0 ? "" : found.item(0).getTextContent();
    }

    private static Stream<Element> elements(Document document, String name) {
        NodeList found = document.getElementsByTagName(name);
        return IntStream.range(0, found.getLength()).mapToObj(i -> (Element) found.item(i));
    }
}

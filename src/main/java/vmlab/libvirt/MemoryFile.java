package vmlab.libvirt;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.libvirt.Domain;
import org.libvirt.LibvirtException;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import vmlab.run.LabFailure;
import vmlab.run.PrivateFiles;
import vmlab.spec.Bytes;

/**
 * A machine's memory as a file of its own, which libvirt passes on to QEMU as it is written: what libvirt itself can say makes a file that
 * has no name, and QEMU would write all of it into a saved state. (QEMU calls it VM templating.)
 *
 * @param file on a tmpfs where it is the machine's own; elsewhere the kernel would write what the machine changes to a disk all the time
 * @param isOwn whether all that the machine changes is in the file; otherwise the machine only reads it, and keeps what it changes apart
 */
record MemoryFile(Path file, boolean isOwn) {

    static final String NAMESPACE = "http://libvirt.org/schemas/domain/qemu/1.0";

    /** What QEMU calls it. */
    static final String ID = "lab.ram";

    private static final String OBJECT = "memory-backend-file,id=" + ID + ",";
    private static final String PATH = "mem-path=";
    private static final String OWN = ",share=on";
    private static final String COPY = ",share=off,readonly=on,rom=off";

    /** VIR_DOMAIN_XML_INACTIVE: as it is from the next start on. */
    static final int INACTIVE = 2;

    /** Writes into a description that the machine has its memory in {@code file}, which comes first and is not used otherwise. */
    static void add(Xml domain, Path file, Bytes size) {
        // Another at each definition: by it a machine that goes on where one stood is told that it is a copy.
        domain.leaf("genid", UUID.randomUUID());
        // In QEMU's options a comma is written twice, and the later of two words counts.
        String object = OBJECT + "size=" + size.value() + "," + PATH + doubled(file) + OWN;
        Xml line = domain.set("xmlns:qemu", NAMESPACE).child("qemu:commandline");
        Stream.of("-object", object, "-machine", "memory-backend=" + ID)
                .forEach(word -> line.child("qemu:arg").set("value", word));
    }

    private static String doubled(Path file) {
        return file.toString().replace(",", ",,");
    }

    /**
     * The description of a machine that goes on where another stood, made from its own: it only reads the memory of the other, and waits
     * for the state. It does not say what the machine is from its next start on. {@code place}: where the memory lies in the file, if not at its beginning.
     */
    static String over(String description, Path memory, Optional<MappedRam> place) {
        Document domain = Xml.parse(description);
        Element object = object(domain);
        String offset = place.map(there -> ",offset=" + there.pages()).orElse("");
        object.setAttribute("value", upToPath(object) + doubled(memory) + offset + COPY);
        for (String word : List.of("-incoming", "defer")) {
            Element more = (Element) object.cloneNode(false);
            more.setAttribute("value", word);
            object.getParentNode().appendChild(more);
        }
        domain.getElementsByTagName("genid")
                .item(0)
                .setTextContent(UUID.randomUUID().toString());
        return Xml.write(domain);
    }

    /** Lets a described machine have its memory in a file of that name in another folder. */
    static void move(Document domain, Path folder) {
        Element object = object(domain);
        Path file = read(object.getAttribute("value")).file.getFileName();
        object.setAttribute("value", upToPath(object) + doubled(folder.resolve(file)) + OWN);
    }

    private static Element object(Document domain) {
        return words(domain)
                .filter(word -> word.getAttribute("value").startsWith(OBJECT))
                .findFirst()
                .orElseThrow(() -> LabFailure.lab(
                        "a machine can't go on from there", "its memory is no file", "lab up --fresh boots cold"));
    }

    private static String upToPath(Element object) {
        String own = object.getAttribute("value");
        return own.substring(0, own.indexOf(PATH) + PATH.length());
    }

    /** The file that a machine will have, or with 0 as {@code flags} has, its memory in; none where its memory is none. */
    static Optional<MemoryFile> of(Domain domain, int flags) throws LibvirtException {
        return words(Xml.parse(domain.getXMLDesc(flags)))
                .map(word -> word.getAttribute("value"))
                .filter(word -> word.startsWith(OBJECT))
                .map(MemoryFile::read)
                .findFirst();
    }

    private static MemoryFile read(String word) {
        boolean isOwn = word.endsWith(OWN);
        String path = word.substring(word.indexOf(PATH) + PATH.length(), word.length() - (isOwn ? OWN : COPY).length());
        return new MemoryFile(Path.of(path.replace(",,", ",")), isOwn);
    }

    private static Stream<Element> words(Document domain) {
        NodeList words = domain.getElementsByTagNameNS(NAMESPACE, "arg");
        return IntStream.range(0, words.getLength()).mapToObj(i -> (Element) words.item(i));
    }

    /** Makes room for it: QEMU makes the file, and not the folder. What an earlier start left in it would only take memory. */
    void prepare() {
        try {
            PrivateFiles.folder(file.getParent().getParent());
            PrivateFiles.folder(file.getParent());
            Files.deleteIfExists(file);
        } catch (IOException error) {
            throw new UncheckedIOException("the memory of a machine can't be a file in " + file.getParent(), error);
        }
    }

    /** Gives the memory back, and the folders with the last file in them. */
    void remove() {
        try {
            Files.deleteIfExists(file);
            Files.deleteIfExists(file.getParent());
            Files.deleteIfExists(file.getParent().getParent());
        } catch (IOException notEmpty) {
            // Another machine's memory is there.
        }
    }
}

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
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import vmlab.engine.Memory;
import vmlab.run.PrivateFiles;
import vmlab.spec.Bytes;

/**
 * A machine's memory as a file of its own, which libvirt passes on to QEMU as it is written: what libvirt itself can say makes a file that
 * has no name, and QEMU would write all of it into a saved state. (QEMU calls it VM templating.)
 *
 * @param file on a tmpfs; elsewhere the kernel would write what the machine changes to a disk all the time
 */
record MemoryFile(Path file) {

    static final String NAMESPACE = "http://libvirt.org/schemas/domain/qemu/1.0";

    private static final String OBJECT = "memory-backend-file,id=lab.ram,";
    private static final String PATH = "mem-path=";
    private static final String SHARED = ",share=on";

    /** VIR_DOMAIN_XML_INACTIVE: as it is from the next start on. */
    private static final int INACTIVE = 2;

    /** Writes into a description where the machine has its memory. */
    static void add(Xml domain, Memory memory, Bytes size) {
        switch (memory) {
            case Memory.Private none -> {
                // As libvirt has it.
            }
            case Memory.InFile(Path file) -> pass(domain, object(file, size) + SHARED, List.of());
            case Memory.Over(Path file) ->
                pass(domain, object(file, size) + ",share=off,readonly=on,rom=off", List.of("-incoming", "defer"));
        }
    }

    private static String object(Path file, Bytes size) {
        // In QEMU's options a comma is written twice.
        return OBJECT + "size=" + size.value() + "," + PATH + file.toString().replace(",", ",,");
    }

    /** The machine's memory comes first and is not used: the later word counts. */
    private static void pass(Xml domain, String object, List<String> more) {
        // Another at each definition: by it a machine that goes on where one stood is told that it is a copy.
        domain.leaf("genid", UUID.randomUUID());
        Xml line = domain.set("xmlns:qemu", NAMESPACE).child("qemu:commandline");
        Stream.concat(Stream.of("-object", object, "-machine", "memory-backend=lab.ram"), more.stream())
                .forEach(word -> line.child("qemu:arg").set("value", word));
    }

    /** The file that a machine makes when it is switched on; none where its memory is none. */
    static Optional<MemoryFile> of(Domain domain) throws LibvirtException {
        NodeList words = Xml.parse(domain.getXMLDesc(INACTIVE)).getElementsByTagNameNS(NAMESPACE, "arg");
        return IntStream.range(0, words.getLength())
                .mapToObj(i -> ((Element) words.item(i)).getAttribute("value"))
                .filter(word -> word.startsWith(OBJECT) && word.endsWith(SHARED))
                .map(word -> word.substring(word.indexOf(PATH) + PATH.length(), word.length() - SHARED.length()))
                .map(path -> new MemoryFile(Path.of(path.replace(",,", ","))))
                .findFirst();
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
            // Another machine's memory is there, or a golden lab.
        }
    }
}

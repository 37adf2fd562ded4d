package vmlab.site;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import vmlab.plan.LabFolder;
import vmlab.plan.Mark;
import vmlab.run.AtomicFile;
import vmlab.run.AtomicFile.Readers;
import vmlab.run.LabFailure;
import vmlab.spec.KubevirtCluster;

/**
 * Who a lab is, never its name alone: made once, written into the lab's folder before anything else is made, and carried in the mark of all
 * that libvirt has of it.
 *
 * @param id drawn when the lab began
 * @param home the folder that holds the lab's folder
 * @param uri the hypervisor that has its machines, as {@code --connect} takes it: {@code embedded}, {@code qemu:///system}
 * @param created when it began, in ISO 8601
 */
public record Identity(String name, String id, String home, String uri, String created) {

    /** What a later version says more is nothing to this one. */
    private static final JsonMapper JSON = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    /** The URI of the host of one's own. */
    public static final String EMBEDDED = "embedded";

    /** Whether what {@code uri} has is on this machine, or another libvirt's that is asked as if it were. */
    public static boolean isHere(String uri) {
        return KubevirtCluster.parse(uri).isEmpty();
    }

    /** A lab that begins now. */
    public static Identity begin(String name, Path home, String uri, Clock clock) {
        return new Identity(
                name,
                UUID.randomUUID().toString(),
                path(home),
                uri,
                clock.instant().toString());
    }

    /** A home as marks have it. */
    public static String path(Path home) {
        return home.toAbsolutePath().normalize().toString();
    }

    /**
     * Who the lab in this folder is; empty where none began there. A folder that was copied or moved here is none: its machines have their
     * disks where it was made.
     */
    public static Optional<Identity> read(LabFolder folder) {
        if (Files.exists(folder.identity()) && !Files.isRegularFile(folder.identity())) {
            throw unreadable(folder, "it is no file");
        }
        try {
            Identity read = Optional.ofNullable(JSON.readValue(Files.readString(folder.identity()), Identity.class))
                    .filter(Identity::saysAll)
                    .orElseThrow(() -> unreadable(folder, "it says not all of name, id, home and uri"));
            if (!read.isIn(folder)) {
                throw LabFailure.input(
                        folder.path() + " is a copy, or was moved",
                        "it says that it is lab " + read.name + " in " + read.home,
                        "work on that one with LAB_HOME=" + read.home + "; where this is no longer wanted, rm -r "
                                + folder.path() + ". Nothing was touched");
            }
            return Optional.of(read);
        } catch (NoSuchFileException none) {
            return Optional.empty();
        } catch (InvalidPathException error) {
            throw unreadable(folder, "its home is no path").causedBy(error);
        } catch (IOException error) {
            throw unreadable(
                            folder,
                            error instanceof JsonProcessingException json
                                    ? json.getOriginalMessage()
                                    : String.valueOf(error))
                    .causedBy(error);
        }
    }

    /** JSON may lack any of it. */
    private boolean saysAll() {
        return Stream.of(name, id, home, uri).allMatch(text -> text != null && !text.isEmpty());
    }

    private static LabFailure unreadable(LabFolder folder, String why) {
        return LabFailure.lab(
                "the identity of lab " + folder.lab() + " can't be read",
                folder.identity() + ": " + why,
                "the marks in libvirt say what should be in there: virsh dumpxml");
    }

    /** Whether the folder is the one that it was written into; a home may have several paths. */
    private boolean isIn(LabFolder folder) throws IOException {
        Path written = Path.of(home).resolve("labs").resolve(name);
        return path(folder.path()).equals(path(written))
                || Files.exists(written) && Files.isSameFile(written, folder.path());
    }

    /** Writes it into the lab's folder, which is made: it is there as a whole or not at all, also after a power cut. */
    public void write(LabFolder folder) {
        FolderTree.createPrivate(folder.path());
        try {
            byte[] text = (JSON.writerWithDefaultPrettyPrinter().writeValueAsString(this) + "\n")
                    .getBytes(StandardCharsets.UTF_8);
            AtomicFile.keep(folder.identity(), text, Readers.ALL);
        } catch (IOException error) {
            throw new UncheckedIOException("the identity of lab " + name + " could not be written", error);
        }
    }

    /** The mark of something of this lab's. */
    Mark mark(String node, String hash) {
        return new Mark(name, id, home, node, hash, Version.TEXT);
    }

    /** What is said where a command about this lab looks at another hypervisor. */
    public LabFailure elsewhere(String asked) {
        return LabFailure.input(
                "lab " + name + " is not at " + asked,
                "its folder in " + home + " says that it is at " + uri,
                "leave --connect out, or say --connect " + uri + "; nothing was touched");
    }
}

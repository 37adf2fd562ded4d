package vmlab.site;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import java.util.UUID;
import vmlab.plan.LabFolder;
import vmlab.plan.Mark;
import vmlab.run.AtomicFile;
import vmlab.run.AtomicFile.Readers;
import vmlab.run.LabFailure;

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

    /** The URI of the host of one's own. */
    public static final String EMBEDDED = "embedded";

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

    /** Who the lab in this folder is; empty where none began there. */
    public static Optional<Identity> read(LabFolder folder) {
        try {
            return Optional.of(new JsonMapper().readValue(Files.readString(folder.identity()), Identity.class));
        } catch (NoSuchFileException none) {
            return Optional.empty();
        } catch (JsonProcessingException error) {
            throw LabFailure.lab(
                            "the identity of lab " + folder.path().getFileName() + " can't be read",
                            folder.identity() + ": " + error.getOriginalMessage(),
                            "the marks in libvirt say what should be in there: virsh dumpxml")
                    .causedBy(error);
        } catch (IOException error) {
            throw new UncheckedIOException("the identity of a lab can't be read", error);
        }
    }

    /** Writes it into the lab's folder, which is made: it is there as a whole or not at all, also after a power cut. */
    public void write(LabFolder folder) {
        FolderTree.createPrivate(folder.path());
        try {
            byte[] text = (new JsonMapper().writerWithDefaultPrettyPrinter().writeValueAsString(this) + "\n")
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

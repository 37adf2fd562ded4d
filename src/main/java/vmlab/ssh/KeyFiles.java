package vmlab.ssh;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PublicKey;
import java.util.Map;
import java.util.stream.Collectors;
import vmlab.run.AtomicFile;
import vmlab.run.AtomicFile.Readers;
import vmlab.run.LabFailure;

/** SSH keys as files: {@code NAME} with the private key, readable by its owner only, and {@code NAME.pub} beside it. */
public final class KeyFiles {

    private KeyFiles() {}

    /** The pair at {@code privateFile}, made and written first where it is missing. */
    public static SshKeyPair readOrMake(Path privateFile, String comment) {
        if (Files.exists(privateFile)) {
            return read(privateFile);
        }
        SshKeyPair made = SshKeyPair.generate(comment);
        write(made, privateFile);
        return made;
    }

    /** Writes both files, each in one step, replacing what is there; the folder is made where it is missing. */
    public static void write(SshKeyPair pair, Path privateFile) {
        try {
            Files.createDirectories(privateFile.toAbsolutePath().getParent());
            AtomicFile.write(publicFile(privateFile), pair.publicLine() + "\n");
            AtomicFile.write(privateFile, pair.privateText().getBytes(StandardCharsets.UTF_8), Readers.OWNER);
        } catch (IOException error) {
            throw failure("written", privateFile, error);
        }
    }

    /** Reads a pair back; the comment comes from the public file, if there is one. */
    public static SshKeyPair read(Path privateFile) {
        try {
            String comment = "";
            if (Files.exists(publicFile(privateFile))) {
                String[] words =
                        Files.readString(publicFile(privateFile)).strip().split("\\s+", 3);
                comment = words.length == 3 ? words[2] : "";
            }
            return SshKeyPair.parse(privateFile.toString(), Files.readString(privateFile), comment);
        } catch (IOException error) {
            throw failure("read", privateFile, error);
        }
    }

    /** Writes the known_hosts file by which {@code ssh} knows the nodes: their host keys by address. */
    public static void writeKnownHosts(Path file, Map<String, PublicKey> hostKeys) {
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            String lines = hostKeys.entrySet().stream()
                    .map(host -> PublicKeys.knownHostsLine(host.getKey(), host.getValue()) + "\n")
                    .collect(Collectors.joining());
            AtomicFile.write(file, lines);
        } catch (IOException error) {
            throw failure("written", file, error);
        }
    }

    private static Path publicFile(Path privateFile) {
        return privateFile.resolveSibling(privateFile.getFileName() + ".pub");
    }

    private static LabFailure failure(String done, Path file, IOException error) {
        return LabFailure.machine(
                        "the SSH key " + file + " can't be " + done,
                        error.getClass().getSimpleName() + ": " + error.getMessage(),
                        "check the folder's owner and the room on its disk")
                .causedBy(error);
    }
}

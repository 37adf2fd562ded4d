package vmlab.image;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** Whether what nodes boot is still what was built. */
public final class Damage {

    private static final List<String> BOOTED = List.of("vmlinuz", "initrd", "root.squashfs");

    private Damage() {}

    /** A line for each file of the image in {@code folder} that is missing, truncated or altered; takes as long as reading them. */
    public static List<String> of(Path folder) {
        List<String> damage = new ArrayList<>();
        for (String name : BOOTED) {
            Path file = folder.resolve(name);
            try {
                if (!Files.exists(file)) {
                    damage.add(name + " is missing from " + folder);
                    continue;
                }
                JsonNode built = new JsonMapper()
                        .readTree(folder.resolve("image.json").toFile())
                        .path("files")
                        .path(name);
                long size = built.path("size").asLong(-1);
                String sum = built.path("sha256").asText();
                if (size >= 0 && Files.size(file) != size) {
                    damage.add(name + " has " + Files.size(file) + " bytes, and was built with " + size);
                } else if (!sum.isEmpty() && !sha256(file).equals(sum)) {
                    damage.add(name + " has another SHA-256 than it was built with");
                }
            } catch (IOException unreadable) {
                damage.add(name + " cannot be read: " + unreadable.getMessage());
            }
        }
        return damage;
    }

    private static String sha256(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            new DigestInputStream(in, digest).transferTo(java.io.OutputStream.nullOutputStream());
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every JDK has SHA-256", impossible);
        }
    }
}

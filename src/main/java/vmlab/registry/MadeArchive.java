package vmlab.registry;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * An image that lab puts together itself.
 *
 * @param entrypoint what runs in its containers
 * @param layers a tar each, the lowest first
 */
public record MadeArchive(List<String> entrypoint, List<Path> layers) {

    private static final JsonMapper JSON = new JsonMapper();

    /** Copies its lists. */
    public MadeArchive {
        entrypoint = List.copyOf(entrypoint);
        layers = List.copyOf(layers);
    }

    /** Writes it into an empty {@code folder} on the layers' file system, as {@code docker save} does, so that it can be {@link Loading loaded}. */
    public void write(Path folder) throws IOException {
        ObjectNode config = JSON.createObjectNode().put("architecture", "amd64").put("os", "linux");
        entrypoint.forEach(config.putObject("config").putArray("Entrypoint")::add);
        ArrayNode digests = config.putObject("rootfs").put("type", "layers").putArray("diff_ids");
        ArrayNode images = JSON.createArrayNode();
        ArrayNode files = images.addObject().put("Config", "config.json").putArray("Layers");
        for (Path layer : layers) {
            String file = files.size() + ".tar";
            Files.createLink(folder.resolve(file), layer);
            files.add(file);
            digests.add(BlobDigest.of(layer).toString());
        }
        Files.writeString(folder.resolve("config.json"), config.toString());
        Files.writeString(folder.resolve("manifest.json"), images.toString());
    }
}

package vmlab.registry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.SequencedMap;
import java.util.TreeMap;
import vmlab.run.AtomicFile;

/** The index of the store, which says what images are called: {@code index.json} of an OCI image layout. */
record ImageIndex(Path file) {

    /** Where other tools find an image's name too; theirs may be a tag alone. */
    static final String NAME = "org.opencontainers.image.ref.name";

    private static final String SIZE = "lab.size";
    private static final String ON_DEMAND = "lab.on-demand";
    private static final JsonMapper JSON = new JsonMapper();

    /** All images, by their names; without those whose manifests somebody removed. */
    SequencedMap<String, StoredImage> read() throws IOException {
        var images = new TreeMap<String, StoredImage>();
        JsonNode json;
        try {
            json = JSON.readTree(Files.readAllBytes(file));
        } catch (NoSuchFileException none) {
            return images;
        }
        for (JsonNode each : json.path("manifests")) {
            Descriptor of = Descriptor.of(each);
            if (!Files.exists(blob(of.digest().toString()))) {
                continue;
            }
            String name = of.annotations().getOrDefault(NAME, "");
            long size = Long.parseLong(of.annotations().getOrDefault(SIZE, "0"));
            images.put(
                    name,
                    new StoredImage(
                            name,
                            of.digest().toString(),
                            of.mediaType(),
                            size,
                            of.annotations().containsKey(ON_DEMAND)));
        }
        return images;
    }

    private Path blob(String digest) {
        return file.resolveSibling(ContainerStore.path(digest));
    }

    /** Replaces it; only who holds the store's lock may. */
    void write(Collection<StoredImage> images) throws IOException {
        ObjectNode json = JSON.createObjectNode().put("schemaVersion", 2).put("mediaType", Manifest.OCI_INDEX);
        var manifests = json.putArray("manifests");
        for (StoredImage image : images) {
            long size = Files.size(blob(image.digest()));
            ObjectNode annotations = manifests
                    .addObject()
                    .put("mediaType", image.mediaType())
                    .put("digest", image.digest())
                    .put("size", size)
                    .putObject("annotations")
                    .put(NAME, image.name())
                    .put(SIZE, Long.toString(image.size()));
            if (image.onDemand()) {
                annotations.put(ON_DEMAND, "true");
            }
        }
        AtomicFile.write(file, JSON.writerWithDefaultPrettyPrinter().writeValueAsString(json) + "\n");
    }
}

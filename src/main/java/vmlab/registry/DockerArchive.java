package vmlab.registry;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import vmlab.spec.ImageName;

/**
 * What {@code docker save} and {@code podman save} write: {@code manifest.json}, configurations and layers under names of their own. A
 * manifest as registries have it is made of them, the same each time. A layer must be the one that the configuration says.
 */
record DockerArchive(Path folder) {

    private static final String LIST = "manifest.json";
    private static final String LAYER = "application/vnd.oci.image.layer.v1.tar";
    private static final int GZIP = 0x1f8b;
    private static final JsonMapper JSON = new JsonMapper();

    static boolean isOne(Path folder) {
        return Files.isRegularFile(folder.resolve(LIST));
    }

    /** The images in it. */
    List<Offer> offers() throws IOException {
        List<Offer> offers = new ArrayList<>();
        for (JsonNode each : json(folder.resolve(LIST))) {
            offers.add(offer(each));
        }
        return offers;
    }

    private Offer offer(JsonNode image) throws IOException {
        Map<BlobDigest, Path> files = new HashMap<>();
        Path config = Unpacked.file(folder, image.path("Config").asText());
        JsonNode layers = json(config).path("rootfs").path("diff_ids");
        if (layers.size() != image.path("Layers").size()) {
            throw new NoImage("it has %s layers, and its configuration says %s"
                    .formatted(image.path("Layers").size(), layers.size()));
        }
        ObjectNode manifest = JSON.createObjectNode().put("schemaVersion", 2).put("mediaType", Manifest.OCI);
        describe(manifest.putObject("config"), Manifest.CONFIG, BlobDigest.of(config), config, files);
        ArrayNode list = manifest.putArray("layers");
        for (int i = 0; i < layers.size(); i++) {
            Path layer = Unpacked.file(folder, image.path("Layers").get(i).asText());
            BlobDigest said = BlobDigest.parse(layers.get(i).asText())
                    .orElseThrow(() -> new NoImage("its configuration names a layer by no SHA-256 digest"));
            boolean isPacked = isPacked(layer);
            if (isPacked && !unpacked(layer).equals(said)) {
                throw new NoImage(
                        "it was cut or altered: its layer " + (i + 1) + " is not the one that its configuration says");
            }
            BlobDigest digest = isPacked ? BlobDigest.of(layer) : said;
            describe(list.addObject(), isPacked ? LAYER + "+gzip" : LAYER, digest, layer, files);
        }
        byte[] text = JSON.writeValueAsBytes(manifest);
        Descriptor root = Descriptor.of(Manifest.OCI, BlobDigest.of(text));
        List<ImageName> names = new ArrayList<>();
        image.path("RepoTags").forEach(tag -> ImageName.find(tag.asText()).ifPresent(names::add));
        return new Offer(root, names, wanted -> open(wanted, root, text, files));
    }

    private static void describe(
            ObjectNode into, String mediaType, BlobDigest digest, Path file, Map<BlobDigest, Path> files)
            throws IOException {
        files.put(digest, file);
        into.put("mediaType", mediaType).put("digest", digest.toString()).put("size", Files.size(file));
    }

    private static InputStream open(Descriptor wanted, Descriptor root, byte[] manifest, Map<BlobDigest, Path> files)
            throws IOException {
        if (wanted.digest().equals(root.digest())) {
            return new java.io.ByteArrayInputStream(manifest);
        }
        Path file = Optional.ofNullable(files.get(wanted.digest()))
                .orElseThrow(() -> new NoImage("it lacks " + wanted.digest()));
        return Files.newInputStream(file);
    }

    private static boolean isPacked(Path layer) throws IOException {
        try (DataInputStream in = new DataInputStream(Files.newInputStream(layer))) {
            return Files.size(layer) > 2 && in.readUnsignedShort() == GZIP;
        }
    }

    private static BlobDigest unpacked(Path layer) throws IOException {
        try (InputStream in = new GZIPInputStream(Files.newInputStream(layer), 1 << 16)) {
            return BlobDigest.copy(in, OutputStream.nullOutputStream());
        } catch (ZipException | EOFException damaged) {
            throw new NoImage("it was cut or altered: a layer of it can't be unpacked");
        }
    }

    private static JsonNode json(Path file) throws IOException {
        try {
            return JSON.readTree(Files.readAllBytes(file));
        } catch (JsonProcessingException noJson) {
            throw new NoImage("its " + file.getFileName() + " can't be read");
        }
    }
}

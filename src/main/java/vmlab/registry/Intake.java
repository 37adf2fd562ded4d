package vmlab.registry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;

/** Takes in an image with all that nodes need of it, checked, and nothing of other platforms. */
record Intake(Incoming incoming, Content content) {

    /** What was taken in, under no name yet. */
    record Taken(String digest, String mediaType, long size) {

        StoredImage as(String name) {
            return new StoredImage(name, digest, mediaType, size, false);
        }
    }

    /** Takes in the image or index that {@code root} refers to. */
    Taken take(Descriptor root) throws IOException, InterruptedException {
        incoming.take(root, content);
        if (Files.size(incoming.file(root.digest())) > Manifest.LARGEST) {
            throw new NoImage("what should be its manifest is none");
        }
        Manifest manifest = Manifest.parse(Files.readAllBytes(incoming.file(root.digest())));
        long size = manifest.text().length;
        if (manifest.isIndex()) {
            for (Descriptor image : manifest.forNodes()) {
                size += take(image).size();
            }
        } else {
            incoming.take(manifest.config(), content);
            checkPlatform(manifest.config());
            for (Descriptor layer : manifest.layers()) {
                incoming.take(layer, content);
                size += Files.size(incoming.file(layer.digest()));
            }
        }
        return new Taken(root.digest().toString(), manifest.mediaType(), size);
    }

    private void checkPlatform(Descriptor config) throws IOException {
        JsonNode json;
        if (Files.size(incoming.file(config.digest())) > Manifest.LARGEST) {
            throw new NoImage("what should be its configuration is none: it is larger than any");
        }
        try {
            json = new JsonMapper().readTree(Files.readAllBytes(incoming.file(config.digest())));
        } catch (com.fasterxml.jackson.core.JsonProcessingException noJson) {
            throw new NoImage("what should be its configuration is none: it may be an artifact of another kind");
        }
        String architecture = json.path("architecture").asText();
        String platform = json.path("os").asText() + "/" + architecture;
        if (!architecture.isEmpty() && !platform.equals(Manifest.PLATFORM)) {
            throw new NoImage("it is for " + platform + " and not for " + Manifest.PLATFORM + ", which nodes are");
        }
        // Tools that make images of nothing but files leave it out, and containerd takes them.
        if (architecture.isEmpty() && !Manifest.CONFIGS.contains(config.mediaType())) {
            throw new NoImage("it is an artifact of another kind: its configuration is of type " + config.mediaType());
        }
    }
}

package vmlab.registry;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** An image of one layer, made for a test, in the forms in which images come. */
record MadeImage(byte[] layer, byte[] config, byte[] manifest) {

    private static final JsonMapper JSON = new JsonMapper();

    static MadeImage of(String content) {
        return of(content, "amd64");
    }

    static MadeImage of(String content, String architecture) {
        return of(content, architecture, Manifest.CONFIG);
    }

    static MadeImage of(String content, String architecture, String configType) {
        byte[] layer = content.getBytes(StandardCharsets.UTF_8);
        byte[] config = json(Map.of(
                "architecture",
                architecture,
                "os",
                "linux",
                "rootfs",
                Map.of(
                        "type",
                        "layers",
                        "diff_ids",
                        List.of(BlobDigest.of(layer).toString()))));
        byte[] manifest = json(Map.of(
                "schemaVersion",
                2,
                "mediaType",
                Manifest.OCI,
                "config",
                descriptor(configType, config),
                "layers",
                List.of(descriptor("application/vnd.oci.image.layer.v1.tar", layer))));
        return new MadeImage(layer, config, manifest);
    }

    BlobDigest digest() {
        return BlobDigest.of(manifest);
    }

    /** An OCI layout that has it under a name. */
    Path layout(Path folder, Optional<String> name) throws IOException {
        return layout(folder, Manifest.OCI, manifest, name, List.of(this));
    }

    /** A layout of an index of several images, by platform; those in {@code there} are really there. */
    static Path layoutOfIndex(Path folder, String name, Map<String, MadeImage> all, List<MadeImage> there)
            throws IOException {
        return layout(folder, Manifest.OCI_INDEX, index(all), Optional.of(name), there);
    }

    static byte[] index(Map<String, MadeImage> all) {
        List<Object> manifests = new ArrayList<>();
        all.forEach((platform, image) -> manifests.add(Map.of(
                "mediaType",
                Manifest.OCI,
                "digest",
                image.digest().toString(),
                "size",
                image.manifest.length,
                "platform",
                Map.of("os", platform.split("/")[0], "architecture", platform.split("/")[1]))));
        return json(Map.of("schemaVersion", 2, "mediaType", Manifest.OCI_INDEX, "manifests", manifests));
    }

    private static Path layout(Path folder, String mediaType, byte[] root, Optional<String> name, List<MadeImage> there)
            throws IOException {
        Path blobs = Files.createDirectories(folder.resolve("blobs/sha256"));
        Files.writeString(folder.resolve("oci-layout"), "{\"imageLayoutVersion\": \"1.0.0\"}");
        Map<String, String> annotations =
                name.map(it -> Map.of(ImageIndex.NAME, it)).orElse(Map.of());
        Files.write(
                folder.resolve("index.json"),
                json(Map.of(
                        "schemaVersion",
                        2,
                        "manifests",
                        List.of(Map.of(
                                "mediaType",
                                mediaType,
                                "digest",
                                BlobDigest.of(root).toString(),
                                "size",
                                root.length,
                                "annotations",
                                annotations)))));
        Files.write(blobs.resolve(BlobDigest.of(root).hex()), root);
        for (MadeImage image : there) {
            for (byte[] blob : List.of(image.manifest, image.config, image.layer)) {
                Files.write(blobs.resolve(BlobDigest.of(blob).hex()), blob);
            }
        }
        return folder;
    }

    /** What docker save writes, unpacked. */
    Path dockerSaved(Path folder, String... names) throws IOException {
        Files.createDirectories(folder.resolve("layer"));
        Files.write(folder.resolve("config.json"), config);
        Files.write(folder.resolve("layer/layer.tar"), layer);
        Files.write(
                folder.resolve("manifest.json"),
                json(List.of(Map.of(
                        "Config", "config.json",
                        "RepoTags", List.of(names),
                        "Layers", List.of("layer/layer.tar")))));
        return folder;
    }

    /** A folder as a tar beside it. */
    static Path tar(Path folder) throws IOException, InterruptedException {
        Path file = folder.resolveSibling(folder.getFileName() + ".tar");
        int status = new ProcessBuilder("tar", "-c", "-C", folder.toString(), "-f", file.toString(), ".")
                .start()
                .waitFor();
        if (status != 0) {
            throw new IOException("tar ended with " + status);
        }
        return file;
    }

    private static Map<String, Object> descriptor(String mediaType, byte[] content) {
        return Map.of("mediaType", mediaType, "digest", BlobDigest.of(content).toString(), "size", content.length);
    }

    static byte[] json(Object value) {
        try {
            return JSON.writeValueAsBytes(value);
        } catch (IOException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}

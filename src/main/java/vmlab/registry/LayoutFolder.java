package vmlab.registry;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import vmlab.spec.ImageName;

/** An OCI image layout: the folder, or what an OCI archive was unpacked to. Docker writes its archives so too. */
record LayoutFolder(Path folder) implements Content {

    static final String INDEX = "index.json";

    /** Names that tell the registry and the repository: containerd's and docker's; that of OCI may be a tag alone. */
    private static final String FULL_NAME = "io.containerd.image.name";

    static boolean isOne(Path folder) {
        return Files.isRegularFile(folder.resolve(INDEX));
    }

    /** What there is in it, with its name where it has one. */
    List<Offer> offers() throws IOException {
        JsonNode json;
        try {
            json = new JsonMapper().readTree(Files.readAllBytes(folder.resolve(INDEX)));
        } catch (JsonProcessingException noJson) {
            throw new NoImage("its index.json can't be read");
        }
        List<Descriptor> all = new ArrayList<>();
        json.path("manifests").forEach(each -> all.add(Descriptor.of(each)));
        List<Descriptor> fit = all.stream()
                .filter(each -> each.platform().isEmpty() || each.platform().equals(Manifest.PLATFORM))
                .toList();
        if (fit.isEmpty() && !all.isEmpty()) {
            String others = String.join(
                    ", ", all.stream().map(Descriptor::platform).distinct().toList());
            throw new NoImage("it is for " + others + " and not for " + Manifest.PLATFORM + ", which nodes are");
        }
        return fit.stream()
                .map(each -> new Offer(each, name(each).stream().toList(), this))
                .toList();
    }

    private static Optional<ImageName> name(Descriptor of) {
        return Stream.of(FULL_NAME, ImageIndex.NAME)
                .map(key -> of.annotations().getOrDefault(key, ""))
                .filter(text -> text.contains("/") || text.contains(":"))
                .flatMap(text -> ImageName.find(text).stream())
                .findFirst();
    }

    @Override
    public InputStream open(Descriptor wanted) throws IOException {
        return Files.newInputStream(
                Unpacked.file(folder, "blobs/sha256/" + wanted.digest().hex()));
    }
}

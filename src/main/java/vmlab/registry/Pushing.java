package vmlab.registry;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import vmlab.net.Proxies;
import vmlab.run.Run;
import vmlab.spec.ImageName;

/** Brings images from the store into a registry, with the user's own logins and proxies. */
public final class Pushing {

    private static final Duration UPLOAD = Duration.ofHours(1);

    private final ContainerStore store;
    private final DockerLogin logins;
    private final Proxies proxies;

    /** From {@code store}, with what the environment says of logins and proxies. */
    public Pushing(ContainerStore store, Map<String, String> env) {
        this.store = store;
        this.logins = DockerLogin.ofUser(env);
        this.proxies = new Proxies(env);
    }

    /**
     * Pushes an image of the store as {@code name}. What the registry has of it already is not sent again; its tag comes last, so that whoever
     * pulls gets a whole image.
     *
     * @return the image as it is there: of an index, which names images for other machines as well, the one for nodes
     */
    public StoredImage push(StoredImage image, ImageName name, Run run) throws InterruptedException {
        Optional<DockerLogin.Login> login = logins.at(name.registry());
        var failures = new RegistryFailures(name, login.isPresent(), true);
        try (RegistryClient registry = new RegistryClient(name, login, proxies, Optional.of(run), failures)) {
            BlobDigest digest = ofNodes(BlobDigest.parse(image.digest()).orElseThrow());
            Manifest manifest = store.manifest(digest).orElseThrow();
            List<Descriptor> blobs = new ArrayList<>(manifest.layers());
            blobs.add(manifest.config());
            for (Descriptor blob : blobs) {
                new Upload(registry, failures).blob(blob.digest(), store.blob(blob.digest()));
                run.note("layer " + blob.digest());
            }
            new Upload(registry, failures).manifest(manifest, name);
            return new StoredImage(name.toString(), digest.toString(), manifest.mediaType(), image.size(), false);
        } catch (IOException error) {
            throw Trouble.of(failures.what(), error);
        }
    }

    private BlobDigest ofNodes(BlobDigest digest) {
        Manifest manifest = store.manifest(digest).orElseThrow();
        return manifest.isIndex() ? manifest.forNodes().getFirst().digest() : digest;
    }

    /** The requests of a push. */
    private record Upload(RegistryClient registry, RegistryFailures failures) {

        void blob(BlobDigest digest, Path file) throws IOException, InterruptedException {
            HttpResponse<InputStream> there = registry.ask("blobs/" + digest, HttpRequest.Builder::HEAD);
            if (there.statusCode() == 200) {
                return;
            }
            HttpResponse<InputStream> begun =
                    expect(202, registry.ask("blobs/uploads/", request -> request.POST(BodyPublishers.noBody())));
            String location = begun.headers().firstValue("Location").orElse("");
            URI place = registry.target(
                    begun.uri(),
                    location + (location.contains("?") ? "&" : "?") + "digest=" + Challenge.encoded(digest + ""));
            expect(201, registry.ask(place, put("application/octet-stream", file)));
        }

        void manifest(Manifest manifest, ImageName name) throws IOException, InterruptedException {
            expect(201, registry.ask("manifests/" + name.reference(), request -> request.header(
                            "Content-Type", manifest.mediaType())
                    .PUT(BodyPublishers.ofByteArray(manifest.text()))));
        }

        private static UnaryOperator<HttpRequest.Builder> put(String type, Path file) throws FileNotFoundException {
            HttpRequest.BodyPublisher content = BodyPublishers.ofFile(file);
            return request ->
                    request.timeout(UPLOAD).header("Content-Type", type).PUT(content);
        }

        private HttpResponse<InputStream> expect(int status, HttpResponse<InputStream> answer) throws IOException {
            if (answer.statusCode() != status) {
                throw failures.of(answer.uri(), answer);
            }
            answer.body().close();
            return answer;
        }
    }
}

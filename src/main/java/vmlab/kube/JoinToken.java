package vmlab.kube;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;
import java.util.zip.GZIPOutputStream;

/**
 * What lets workers join a cluster, made before there is one: a bootstrap token of Kubernetes, in the forms that {@code k0s token
 * pre-shared} writes. The controller gets it as a Secret among its manifests, a worker as a kubeconfig, gzipped, in base64.
 *
 * @param id the public part, six characters of {@code [a-z0-9]}
 * @param secret sixteen of them
 */
public record JoinToken(String id, String secret) {

    /** Letters alone, since digits can make a word that YAML takes for a number (1e5). */
    private static final String ALPHABET = "abcdefghijklmnopqrstuvwxyz";

    /** The user that k0s looks for in a worker's token. */
    private static final String WORKER = "kubelet-bootstrap";

    /** The token kept at {@code file}, made first where there is none. */
    public static JoinToken readOrMake(Path file) {
        if (Files.exists(file)) {
            String[] parts = PrivateFiles.read(file).strip().split("\\.");
            return new JoinToken(parts[0], parts[1]);
        }
        JoinToken made = new JoinToken(random(6), random(16));
        PrivateFiles.write(file, made + "\n", PrivateFiles.SECRET);
        return made;
    }

    /** The Secret that makes it valid, for {@code manifests/}: no expiry, since a lab may stand still for long. */
    public String secretManifest() {
        return Yaml.write(Yaml.map(
                "apiVersion", "v1",
                "kind", "Secret",
                "metadata", Yaml.map("name", "bootstrap-token-" + id, "namespace", "kube-system"),
                "type", "bootstrap.kubernetes.io/token",
                "stringData",
                        Yaml.map(
                                "token-id", id,
                                "token-secret", secret,
                                "description", "workers of this lab",
                                "usage-bootstrap-authentication", "true",
                                "usage-bootstrap-api-worker-calls", "true")));
    }

    /** The text of a worker's token file. */
    public String workerToken(String server, String authority) {
        String kubeconfig = Yaml.write(Yaml.map(
                "apiVersion",
                "v1",
                "kind",
                "Config",
                "clusters",
                List.of(Yaml.map(
                        "name",
                        "k0s",
                        "cluster",
                        Yaml.map("server", server, "certificate-authority-data", base64(authority)))),
                "contexts",
                List.of(Yaml.map("name", "k0s", "context", Yaml.map("cluster", "k0s", "user", WORKER))),
                "current-context",
                "k0s",
                "users",
                List.of(Yaml.map("name", WORKER, "user", Yaml.map("token", toString())))));
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write(kubeconfig.getBytes(StandardCharsets.UTF_8));
        } catch (IOException impossible) {
            throw new UncheckedIOException("memory can be written to", impossible);
        }
        return Base64.getEncoder().encodeToString(packed.toByteArray());
    }

    @Override
    public String toString() {
        return id + "." + secret;
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String random(int length) {
        return new SecureRandom()
                .ints(length, 0, ALPHABET.length())
                .mapToObj(index -> ALPHABET.substring(index, index + 1))
                .collect(Collectors.joining());
    }
}

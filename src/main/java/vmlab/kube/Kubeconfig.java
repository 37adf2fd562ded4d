package vmlab.kube;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import vmlab.run.AtomicFile.Readers;
import vmlab.run.LabFailure;

/**
 * How to reach one cluster as its administrator. Cluster, context and user carry the same name.
 *
 * @param name the lab's
 * @param server {@code https://<host>:<port>}
 * @param authority the cluster CA's certificate, PEM
 * @param certificate the user's, PEM
 * @param key the user's, PEM
 */
public record Kubeconfig(String name, String server, String authority, String certificate, String key) {

    /** Reads what {@code k0s kubeconfig admin} prints: the current context's cluster and user, certificates inline. */
    public static Kubeconfig parse(String text) {
        try {
            Map<String, Object> document = Yaml.read(text);
            Map<?, ?> context = entry(document, "contexts", "context", "" + document.get("current-context"));
            Map<?, ?> cluster = entry(document, "clusters", "cluster", "" + context.get("cluster"));
            Map<?, ?> user = entry(document, "users", "user", "" + context.get("user"));
            return new Kubeconfig(
                    "" + document.get("current-context"),
                    field(cluster, "server"),
                    decoded(cluster, "certificate-authority-data"),
                    decoded(user, "client-certificate-data"),
                    decoded(user, "client-key-data"));
        } catch (JsonProcessingException | IllegalArgumentException error) {
            throw LabFailure.lab(
                            "a kubeconfig can't be read",
                            error instanceof JsonProcessingException yaml
                                    ? yaml.getOriginalMessage()
                                    : error.getMessage(),
                            "on the controller, k0s kubeconfig admin must print one with its certificates inline")
                    .causedBy(error);
        }
    }

    /** Reads a kubeconfig file. */
    public static Kubeconfig read(Path file) {
        return parse(SecretFiles.read(file));
    }

    /** Until when its certificate is good. */
    public Instant validUntil() {
        return Pem.validUntil(certificate);
    }

    /** The same access under the lab's name. */
    public Kubeconfig named(String labName) {
        return new Kubeconfig(labName, server, authority, certificate, key);
    }

    /** The same access by another address, which must be among the API server's names. */
    public Kubeconfig at(String otherServer) {
        return new Kubeconfig(name, otherServer, authority, certificate, key);
    }

    /** The text that kubectl reads. */
    public String text() {
        return Yaml.write(Yaml.map(
                "apiVersion",
                "v1",
                "kind",
                "Config",
                "clusters",
                List.of(cluster()),
                "contexts",
                List.of(context()),
                "current-context",
                name,
                "users",
                List.of(user())));
    }

    /** Writes it for its owner only, in one step. */
    public void write(Path file) {
        SecretFiles.write(file, text(), Readers.OWNER);
    }

    String authorityData() {
        return encoded(authority);
    }

    String certificateData() {
        return encoded(certificate);
    }

    String keyData() {
        return encoded(key);
    }

    Map<String, Object> cluster() {
        return named("cluster", Yaml.map("server", server, "certificate-authority-data", authorityData()));
    }

    Map<String, Object> context() {
        return named("context", Yaml.map("cluster", name, "user", name));
    }

    Map<String, Object> user() {
        return named("user", Yaml.map("client-certificate-data", certificateData(), "client-key-data", keyData()));
    }

    private Map<String, Object> named(String kind, Map<String, Object> content) {
        return Yaml.map("name", name, kind, content);
    }

    private static Map<?, ?> entry(Map<String, Object> document, String list, String kind, String name) {
        if (document.get(list) instanceof List<?> entries) {
            for (Object entry : entries) {
                if (entry instanceof Map<?, ?> map
                        && name.equals(map.get("name"))
                        && map.get(kind) instanceof Map<?, ?> it) {
                    return it;
                }
            }
        }
        throw new IllegalArgumentException("its " + list + " have no entry named " + name);
    }

    private static String field(Map<?, ?> map, String key) {
        if (map.get(key) instanceof String text) {
            return text;
        }
        throw new IllegalArgumentException("it has no " + key);
    }

    private static String decoded(Map<?, ?> map, String key) {
        return new String(Base64.getDecoder().decode(field(map, key)), StandardCharsets.US_ASCII);
    }

    private static String encoded(String pem) {
        return Base64.getEncoder().encodeToString(pem.getBytes(StandardCharsets.US_ASCII));
    }
}

package vmlab.kube;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.zip.GZIPInputStream;

/**
 * What a joining node's token file says: a kubeconfig, gzipped, in base64.
 *
 * @param server where it joins, {@code https://host:port}
 * @param authority the certificate of the CA that it trusts, PEM
 * @param token what it shows
 */
public record TokenFile(String server, String authority, String token) {

    /**
     * Reads one.
     *
     * @throws IllegalArgumentException when it is no such file; the message says why
     */
    public static TokenFile parse(String text) {
        try (var gzip = new GZIPInputStream(
                new ByteArrayInputStream(Base64.getMimeDecoder().decode(text.strip())))) {
            String kubeconfig = new String(gzip.readAllBytes(), StandardCharsets.UTF_8);
            JsonNode document = new ObjectMapper().valueToTree(Yaml.read(kubeconfig));
            JsonNode cluster = document.path("clusters").path(0).path("cluster");
            byte[] authority = Base64.getDecoder()
                    .decode(cluster.path("certificate-authority-data").asText());
            return new TokenFile(
                    cluster.path("server").asText(),
                    new String(authority, StandardCharsets.US_ASCII),
                    document.path("users").path(0).path("user").path("token").asText());
        } catch (JsonProcessingException error) {
            throw new IllegalArgumentException("it holds no kubeconfig: " + error.getOriginalMessage(), error);
        } catch (IOException error) {
            throw new IllegalArgumentException("it is no gzipped text in base64: " + error.getMessage(), error);
        }
    }
}

package vmlab.kube.smoke;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import vmlab.run.Reading;

/**
 * What one node sees: its pod of {@link Everywhere}, which can be told to ask others (agnhost netexec's {@code /dial}).
 *
 * @param door where this host reaches that pod: the node's address and the NodePort
 */
record NodeView(String node, String nodeAddress, String pod, String podAddress, URI door) {

    /** Lets the pod ask {@code http://host:port/hostname}; Ready holds the answer, the name of the pod that gave it. */
    Reading<String> ask(NodeHttp http, String host, int port) throws InterruptedException {
        String question = "/dial?protocol=http&request=hostname&tries=1&port=" + port + "&host="
                + URLEncoder.encode(host, StandardCharsets.UTF_8);
        return switch (http.get(door.resolve(question), NodeView::answer)) {
            case Reading.NotYet<String>(var why) -> new Reading.NotYet<>("pod " + pod + " on " + node + ": " + why);
            case Reading<String> other -> other;
        };
    }

    private static Reading<String> answer(int status, String body) {
        if (status != 200) {
            // So agnhost says that a name cannot be resolved: "host and/or port param are invalid. lookup …".
            return new Reading.NotYet<>(body);
        }
        try {
            JsonNode said = new JsonMapper().readTree(body);
            JsonNode answer = said.path("responses").path(0);
            return answer.isMissingNode()
                    ? new Reading.NotYet<>(said.path("errors").path(0).asText("no answer"))
                    : new Reading.Ready<>(answer.asText().strip());
        } catch (JsonProcessingException strange) {
            return new Reading.NotYet<>("says \"" + body + "\"");
        }
    }
}

package vmlab.mcp;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What a tool answers: how its command ended, the document that it printed, and what it said. */
final class Answer {

    private static final ObjectMapper JSON = new ObjectMapper();

    private static final Map<Integer, String> MEANINGS = Map.of(
            0, "done",
            1, "the lab failed",
            2, "bad usage or file",
            3, "this machine can't",
            130, "interrupted",
            143, "interrupted");

    private Answer() {}

    /** The JSON schema of answers whose document is as {@code result} has it. */
    static Map<String, Object> schema(Map<String, Object> result) {
        return new TreeMap<>(Map.of(
                "type",
                "object",
                "required",
                List.of("exitStatus", "meaning"),
                "properties",
                new TreeMap<>(Map.of(
                        "exitStatus",
                        Map.of("type", "integer"),
                        "meaning",
                        Map.of("type", "string"),
                        "result",
                        result))));
    }

    /** Of a command that wrote {@code out} to stdout, which is JSON or not, and {@code said} to stderr. */
    static CallToolResult of(int status, boolean isJson, String out, String said) {
        String meaning = MEANINGS.getOrDefault(status, "ended");
        Optional<JsonNode> document = isJson ? document(out) : Optional.empty();
        Map<String, Object> structured = new TreeMap<>(Map.of("exitStatus", status, "meaning", meaning));
        document.ifPresent(result -> structured.put("result", result));

        var answer = CallToolResult.builder(List.of()).isError(status != 0).structuredContent(structured);
        for (String text : List.of(document.map(JsonNode::toString).orElse(isJson ? "" : out), said)) {
            if (!text.isEmpty()) {
                answer.addTextContent(text);
            }
        }
        return answer.addTextContent("exit status " + status + ": " + meaning).build();
    }

    /** The document; of a stream of events its result, or which phase failed. */
    private static Optional<JsonNode> document(String out) {
        Optional<JsonNode> last = Optional.empty();
        try (JsonParser values = JSON.createParser(out)) {
            while (values.nextToken() != null) {
                JsonNode value = values.readValueAsTree();
                if (List.of("", "Result", "PhaseFailed")
                        .contains(value.path("event").asText(""))) {
                    last = Optional.of(value);
                }
            }
        } catch (IOException cutShort) {
            return last;
        }
        return last;
    }
}

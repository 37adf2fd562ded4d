package vmlab.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The other side of the protocol, word by word: what comes is one message a line and nothing else, or the test fails. */
public final class Agent implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final BufferedReader from;
    private final OutputStream to;
    private final List<JsonNode> heard = new ArrayList<>();

    public Agent(InputStream from, OutputStream to) {
        this.from = new BufferedReader(new InputStreamReader(from, StandardCharsets.UTF_8));
        this.to = to;
    }

    /** Opens the session. */
    public JsonNode initialize() throws IOException {
        say("""
                {"jsonrpc":"2.0","id":"i","method":"initialize","params":{"protocolVersion":"2025-06-18",
                "capabilities":{},"clientInfo":{"name":"agent","version":"1"}}}""");
        JsonNode answer = answerTo("i");
        say("{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}");
        return answer.path("result");
    }

    /** Calls a tool, and asks for progress under the id of the call. */
    public void call(String id, String tool, String arguments) throws IOException {
        say("""
                {"jsonrpc":"2.0","id":"%1$s","method":"tools/call","params":{"name":"%2$s",
                "arguments":%3$s,"_meta":{"progressToken":"%1$s"}}}""".formatted(id, tool, arguments));
    }

    /** Cancels a call. */
    public void cancel(String id) throws IOException {
        say("{\"jsonrpc\":\"2.0\",\"method\":\"notifications/cancelled\",\"params\":{\"requestId\":\"%s\"}}"
                .formatted(id));
    }

    /** Says one message. */
    public void say(String message) throws IOException {
        to.write((message.replace("\n", "") + "\n").getBytes(StandardCharsets.UTF_8));
        to.flush();
    }

    /** Hears what comes until that is the answer to {@code id}. */
    public JsonNode answerTo(String id) throws IOException {
        for (JsonNode message : heard) {
            if (message.path("id").asText().equals(id)) {
                return message;
            }
        }
        JsonNode message = hear();
        while (!message.path("id").asText().equals(id)) {
            message = hear();
        }
        return message;
    }

    /** Hears one message. */
    public JsonNode hear() throws IOException {
        String line = from.readLine();
        assertThat(line).as("a message").isNotNull();
        JsonNode message = JSON.readTree(line);
        assertThat(message.path("jsonrpc").asText()).as(line).isEqualTo("2.0");
        heard.add(message);
        return message;
    }

    /** What was told of the progress of a call. */
    public List<String> progressOf(String id) {
        return heard.stream()
                .map(message -> message.path("params"))
                .filter(params -> params.path("progressToken").asText().equals(id))
                .map(params -> params.path("message").asText())
                .toList();
    }

    /** What came so far. */
    public List<JsonNode> heard() {
        return heard;
    }

    /** Says that nothing more comes. */
    @Override
    public void close() throws IOException {
        to.close();
    }
}

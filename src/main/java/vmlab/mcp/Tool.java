package vmlab.mcp;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.modelcontextprotocol.spec.McpSchema;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A command of lab as a tool. All that agents see of them is in {@code tools.json}.
 *
 * @param name the command's
 * @param arguments the command's by name, with the JSON schema of each
 * @param result the JSON schema of what the command prints as JSON; none where it prints text
 */
record Tool(
        String name,
        String description,
        McpSchema.ToolAnnotations annotations,
        Map<String, Map<String, Object>> arguments,
        Optional<Map<String, Object>> result) {

    private static final String LINES = "lines";

    /** What the command takes without a name, in this order. */
    private static final List<String> POSITIONAL = List.of("lab", "log");

    /** Read from a file in which what is not there is left out. */
    private record Written(
            String name,
            String description,
            McpSchema.ToolAnnotations annotations,
            Map<String, Map<String, Object>> arguments,
            Map<String, Object> result) {}

    static List<Tool> all() {
        try (InputStream file = Objects.requireNonNull(Tool.class.getResourceAsStream("tools.json"))) {
            return new ObjectMapper()
                    .readValue(file, new TypeReference<List<Written>>() {}).stream()
                            .map(tool -> new Tool(
                                    tool.name,
                                    tool.description,
                                    tool.annotations,
                                    tool.arguments,
                                    Optional.ofNullable(tool.result)))
                            .toList();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    /** The tool as it is told to clients. */
    McpSchema.Tool schema() {
        var tool = McpSchema.Tool.builder(name, inputSchema())
                .description(description)
                .annotations(annotations);
        result.ifPresent(document -> tool.outputSchema(Answer.schema(document)));
        return tool.build();
    }

    private Map<String, Object> inputSchema() {
        // In one order, for what agents are told first is better the same each time.
        return new TreeMap<>(Map.of(
                "type",
                "object",
                "properties",
                arguments,
                "required",
                arguments.containsKey("lab") ? List.of("lab") : List.of(),
                "additionalProperties",
                false));
    }

    /** The command line for arguments that are as the schema has them. */
    List<String> commandLine(Map<String, Object> given) {
        List<String> words = new ArrayList<>(List.of(name));
        POSITIONAL.stream().filter(given::containsKey).forEach(each -> words.add((String) given.get(each)));
        given.forEach((argument, value) -> {
            if (value instanceof Boolean on) {
                if (on) {
                    words.add("--" + argument);
                }
            } else if (!POSITIONAL.contains(argument) && !argument.equals(LINES)) {
                words.add("--" + argument + "=" + value);
            }
        });
        result.ifPresent(document -> words.addAll(List.of("-o", "json")));
        return words;
    }

    /** How many of the last lines that the command prints are wanted: all of a document, for it is one. */
    int lines(Map<String, Object> given) {
        if (result.isPresent()) {
            return Integer.MAX_VALUE;
        }
        Object usual = arguments.getOrDefault(LINES, Map.of()).getOrDefault("default", Lines.MOST);
        return ((Number) given.getOrDefault(LINES, usual)).intValue();
    }
}

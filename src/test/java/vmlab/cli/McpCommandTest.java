package vmlab.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.modelcontextprotocol.client.McpClient;
import io.modelcontextprotocol.client.transport.ServerParameters;
import io.modelcontextprotocol.client.transport.StdioClientTransport;
import io.modelcontextprotocol.json.jackson2.JacksonMcpJsonMapper;
import io.modelcontextprotocol.spec.McpSchema.CallToolRequest;
import io.modelcontextprotocol.spec.McpSchema.Tool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import vmlab.mcp.Agent;

/** The real {@code lab mcp}, installed from the classes under test, and agents that start it. */
@Timeout(300)
class McpCommandTest {

    /** For a process to start on a machine that is busy otherwise. */
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    @TempDir
    private static Path installation;

    private static Map<String, String> environment;

    @BeforeAll
    static void install() throws IOException {
        Path scripts = Files.createDirectories(installation.resolve("scripts"));
        try (Stream<Path> files = Files.list(Path.of("scripts"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Files.copy(file, scripts.resolve(file.getFileName()), StandardCopyOption.COPY_ATTRIBUTES);
            }
        }
        classesUnderTest(Files.createDirectories(installation.resolve("target")).resolve("lab.jar"));
        Files.writeString(installation.resolve("target/lab.jsa"), ""); // no archive of classes
        environment = Map.of(
                "LAB_HOME",
                installation.resolve("home").toString(),
                "JAVA_HOME",
                System.getProperty("java.home"),
                "LIBVIRT_DEFAULT_URI",
                "test:///default");
    }

    /** A jar with nothing in it but where all is. */
    private static void classesUnderTest(Path jar) throws IOException {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes()
                .put(
                        Attributes.Name.CLASS_PATH,
                        Stream.of(System.getProperty("java.class.path").split(":"))
                                .map(entry -> Path.of(entry).toUri().toString())
                                .collect(Collectors.joining(" ")));
        new JarOutputStream(Files.newOutputStream(jar), manifest).close();
    }

    private static String lab() {
        return installation.resolve("scripts/lab").toString();
    }

    private static Process start() throws IOException {
        ProcessBuilder lab = new ProcessBuilder(lab(), "mcp").redirectError(ProcessBuilder.Redirect.DISCARD);
        lab.environment().putAll(environment);
        lab.environment().remove("LAB_EMBEDDED");
        return lab.start();
    }

    @Test
    void anAgentAsksForALabThatIsNone() {
        var mapper = new JacksonMcpJsonMapper(new ObjectMapper());
        var program =
                ServerParameters.builder(lab()).args("mcp").env(environment).build();
        try (var client = McpClient.sync(new StdioClientTransport(program, mapper))
                .initializationTimeout(PATIENCE)
                .requestTimeout(PATIENCE)
                .build()) {
            assertThat(client.initialize().serverInfo().name()).isEqualTo("lab");
            assertThat(client.listTools().tools())
                    .extracting(Tool::name)
                    .containsExactly("up", "list", "status", "diagnose", "logs", "test", "down");

            var answer = client.callTool(CallToolRequest.builder("status")
                    .arguments(Map.of("lab", "nolab"))
                    .build());

            assertThat(answer.isError()).isTrue();
            assertThat(answer.content().toString())
                    .contains("lab: lab nolab is not up", "next: lab list shows", "exit status 1: the lab failed");
            assertThat(answer.structuredContent()).isEqualTo(Map.of("exitStatus", 1, "meaning", "the lab failed"));

            var list = client.callTool(CallToolRequest.builder("list").build());
            assertThat(list.isError()).isFalse();
            assertThat(list.structuredContent())
                    .isEqualTo(Map.of("exitStatus", 0, "meaning", "done", "result", List.of()));
        }
    }

    @Test
    void itEndsWithItsInputAndNothingButMessagesCameOut() throws Exception {
        Process lab = start();
        try (Agent agent = new Agent(lab.getInputStream(), lab.getOutputStream())) {
            agent.initialize();
            agent.call("bad", "up", "{\"lab\":\"" + installation.resolve("none.yaml") + "\"}");
            assertThat(agent.answerTo("bad")
                            .at("/result/structuredContent/exitStatus")
                            .asInt())
                    .isEqualTo(2);
        }
        assertThat(lab.waitFor(PATIENCE)).isTrue();
        assertThat(lab.exitValue()).isZero();
        assertThat(lab.getInputStream().readAllBytes()).isEmpty();
    }

    /** What a tool takes are options of its command, of their kind, with their choices and defaults; one that is told its JSON prints it. */
    @Test
    void toolsAreCommandsAsTheCommandLineHasThem() throws Exception {
        Process lab = start();
        JsonNode tools;
        try (Agent agent = new Agent(lab.getInputStream(), lab.getOutputStream())) {
            agent.initialize();
            agent.say("{\"jsonrpc\":\"2.0\",\"id\":\"t\",\"method\":\"tools/list\"}");
            tools = agent.answerTo("t").at("/result/tools");
        }
        for (JsonNode tool : tools) {
            String name = tool.path("name").asText();
            CommandSpec command = Main.commandLine().getSubcommands().get(name).getCommandSpec();
            assertThat(tool.has("outputSchema")).as(name).isEqualTo(command.findOption("-o") != null);
            tool.at("/inputSchema/properties").properties().forEach(argument -> {
                if (!argument.getKey().equals("lines")) {
                    isAsTheCommandHasIt(command, argument.getKey(), argument.getValue());
                }
            });
        }
    }

    private static void isAsTheCommandHasIt(CommandSpec command, String name, JsonNode schema) {
        ArgSpec argument = command.findOption("--" + name);
        if (argument == null) {
            argument = command.positionalParameters().stream()
                    // All tools call it lab, up's file, too.
                    .filter(each -> each.paramLabel().equals(name.toUpperCase(Locale.ROOT))
                            || each.paramLabel().equals("FILE") && name.equals("lab"))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError(command.name() + " takes no " + name));
        }
        assertThat(schema.path("type").asText().equals("boolean"))
                .as(name)
                .isEqualTo(Set.of(boolean.class, Boolean.class).contains(argument.type()));
        Class<?> type = argument.auxiliaryTypes()[0];
        if (type.isEnum()) {
            assertThat(schema.path("enum").valueStream().map(JsonNode::asText))
                    .as(name)
                    .containsExactlyElementsOf(Stream.of(type.getEnumConstants())
                            .map(each -> each.toString().toLowerCase(Locale.ROOT))
                            .toList());
        }
        if (schema.path("default").isTextual()) {
            assertThat(schema.path("default").asText()).as(name).isEqualTo(argument.defaultValue());
        }
    }
}

package vmlab.cli;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Type;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import vmlab.diagnose.Diagnosis;
import vmlab.diagnose.Evidence;
import vmlab.diagnose.EvidenceFile;
import vmlab.diagnose.Source;
import vmlab.engine.Requirement;
import vmlab.fault.LinkFaults;
import vmlab.gc.Leftover;
import vmlab.gc.Spared;
import vmlab.image.BootImage;
import vmlab.image.ImageDetails;
import vmlab.image.ImageDiff;
import vmlab.observe.ListedLab;
import vmlab.observe.Status;
import vmlab.plan.Action;
import vmlab.plan.LabFolder;
import vmlab.registry.StoredImage;
import vmlab.run.CheckResult;
import vmlab.run.Event;
import vmlab.run.EventLog;
import vmlab.snapshot.Goldens;
import vmlab.snapshot.Snapshots;

/** What {@code -o json} prints is as {@code docs/schemas} has it, and nothing more: a key that is new, or gone, fails here. */
class JsonSchemasTest {

    private static final Path FOLDER = Path.of("docs/schemas");

    /** A schema that names another means the file beside it. */
    private static final SchemaRegistry SCHEMAS = SchemaRegistry.withDefaultDialect(
            SpecificationVersion.DRAFT_2020_12, all -> all.schemas(JsonSchemasTest::text));

    /** What the command prints, made of what it would find. */
    private static final Map<String, Function<Filled, String>> DOCUMENTS = Map.ofEntries(
            document("list", new TypeReference<List<ListedLab>>() {}),
            document("status", new TypeReference<Status>() {}),
            entry("plan", filled -> {
                var step = PlanCommand.Step.of((Action) filled.of(Action.class));
                return Output.written(new PlanCommand.Result("demo", true, false, List.of(step)), true);
            }),
            entry(
                    "up",
                    filled -> filled.turn() == 0
                            ? Output.written(new UpCommand.Result("demo", true, "/k", List.of("cp 10.77.0.11")), false)
                            : event(filled)),
            entry("events", JsonSchemasTest::event),
            document("upgrade", new TypeReference<UpgradeCommand.Result>() {}),
            document("fork", new TypeReference<ForkCommand.Forked>() {}),
            document("test", new TypeReference<List<CheckResult>>() {}),
            document("report", new TypeReference<ReportCommand.Result>() {}),
            document("diagnose", new TypeReference<List<Diagnosis>>() {}),
            document("link", new TypeReference<List<LinkFaults.Link>>() {}),
            document("golden-list", new TypeReference<List<Goldens.Saved>>() {}),
            document("golden-verify", new TypeReference<List<String>>() {}),
            document("snapshot-list", new TypeReference<List<Snapshots.Saved>>() {}),
            document("images-list", new TypeReference<List<StoredImage>>() {}),
            document("images-rm", new TypeReference<List<String>>() {}),
            entry("gc", filled -> {
                var row = GcCommand.Row.of((Leftover) filled.of(Leftover.class));
                var spared = (Spared) filled.of(Spared.class);
                return Output.written(new GcCommand.Result(false, 1, List.of(row), List.of(spared)), true);
            }),
            document("doctor", new TypeReference<List<Requirement>>() {}),
            document("image-list", new TypeReference<List<BootImage>>() {}),
            document("image-show", new TypeReference<ImageDetails>() {}),
            document("image-build", new TypeReference<BootImage>() {}),
            document("image-verify", new TypeReference<List<ImageVerifyCommand.Result>>() {}),
            document("image-gc", new TypeReference<List<ImageGcCommand.Result>>() {}),
            document("image-lock", new TypeReference<ImageLockCommand.Result>() {}),
            document("image-export", new TypeReference<ImageExportCommand.Result>() {}),
            document("image-diff", new TypeReference<ImageDiff>() {}));

    @TempDir
    private Path folder;

    private static Map.Entry<String, Function<Filled, String>> document(String name, TypeReference<?> printed) {
        Type type = printed.getType();
        return entry(name, filled -> Output.written(filled.of(type), true));
    }

    private static String event(Filled filled) {
        return EventLog.line((Event) filled.of(Event.class));
    }

    private static String text(String address) {
        try {
            return Files.readString(FOLDER.resolve(address.replaceFirst("^schemas:/", "")));
        } catch (IOException error) {
            throw new UncheckedIOException(error);
        }
    }

    private static void isAsItsSchemaHasIt(String name, String document) {
        Schema schema = SCHEMAS.getSchema(SchemaLocation.of("schemas:/" + name + ".json"));
        assertThat(schema.validate(
                        document,
                        InputFormat.JSON,
                        context -> context.executionConfig(config -> config.formatAssertionsEnabled(true))))
                .as("%s: %s", name, document)
                .isEmpty();
    }

    @TestFactory
    Stream<DynamicTest> everyDocumentIsAsItsSchemaHasIt() {
        return DOCUMENTS.entrySet().stream()
                .map(each -> DynamicTest.dynamicTest(each.getKey(), () -> {
                    for (int turn = 0; turn < Filled.TURNS; turn++) {
                        isAsItsSchemaHasIt(each.getKey(), each.getValue().apply(new Filled(turn)));
                    }
                }));
    }

    @TestFactory
    Stream<DynamicTest> schemasKnowNoOtherKeysThanThoseThatAreThere() throws IOException {
        return files().stream()
                .map(name -> DynamicTest.dynamicTest(name, () -> {
                    JsonNode schema = new ObjectMapper()
                            .readTree(FOLDER.resolve(name + ".json").toFile());
                    assertThat(schema.path("$schema").asText())
                            .isEqualTo("https://json-schema.org/draft/2020-12/schema");
                    for (JsonNode object : schema.findParents("properties")) {
                        if (object.has("type")) {
                            assertThat(object.path("additionalProperties").asBoolean(true))
                                    .as(object.toString())
                                    .isFalse();
                            assertThat(object.path("required").valueStream().map(JsonNode::asText))
                                    .as(object.toString())
                                    .containsExactlyElementsOf(names(object.path("properties")));
                        }
                    }
                }));
    }

    private static List<String> names(JsonNode object) {
        return object.properties().stream().map(Map.Entry::getKey).toList();
    }

    private static List<String> files() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.map(file -> file.getFileName().toString().replace(".json", ""))
                    .sorted()
                    .toList();
        }
    }

    @Test
    void everyCommandThatPrintsJsonIsInTheTableWithItsSchema() throws IOException {
        Map<String, String> schemas = new LinkedHashMap<>();
        Pattern row = Pattern.compile("(?m)^\\| (`.*?`) \\| .* \\| \\[(.*)]\\(schemas/\\2\\.json\\) \\|$");
        row.matcher(Files.readString(Path.of("docs/json.md"))).results().forEach(found -> Pattern.compile("`(.*?)`")
                .matcher(found.group(1))
                .results()
                .forEach(command -> schemas.put(command.group(1), found.group(2))));

        assertThat(schemas.keySet())
                .containsExactlyInAnyOrderElementsOf(
                        printing("", Main.commandLine()).toList());
        assertThat(schemas.values()).containsAll(files()).allSatisfy(name -> assertThat(DOCUMENTS)
                .containsKey(name));
        assertThat(files()).containsExactlyInAnyOrderElementsOf(DOCUMENTS.keySet());
    }

    /** The commands below one that take {@code -o}. */
    private static Stream<String> printing(String name, CommandLine command) {
        Stream<String> below = command.getSubcommands().entrySet().stream()
                .filter(each -> each.getValue().getCommandName().equals(each.getKey()))
                .flatMap(each -> printing((name + " " + each.getKey()).strip(), each.getValue()));
        return command.getCommandSpec().findOption("--output") == null ? below : Stream.concat(Stream.of(name), below);
    }

    /** Commands as they run where no hypervisor is, on a lab of which folder, events and evidence are left. */
    @Test
    void whatCommandsPrintIsAsTheirSchemasHaveIt() throws Exception {
        Path home = folder.resolve("home");
        LabFolder lab = LabFolder.of(home, "demo");
        Files.createDirectories(lab.evidence());
        Files.writeString(
                lab.identity(),
                "{\"name\":\"demo\",\"id\":\"1\",\"home\":\"%s\",\"uri\":\"embedded\",\"created\":\"\"}"
                        .formatted(home));
        Files.copy(Path.of("src/test/resources/vmlab/report/two-nodes.jsonl"), lab.events());
        EvidenceFile.write(
                new Evidence(
                        "w1",
                        "10.77.0.12",
                        "running",
                        new Evidence.Host(1L << 33, 1L << 35),
                        List.of(),
                        Map.of(Source.CONSOLE, "Kernel panic - not syncing: VFS: Unable to mount root fs")),
                lab.evidence());
        Map<String, String> commands = Map.of(
                "list", "list -o json",
                "status", "status demo -o json",
                "diagnose", "diagnose demo -o json",
                "report", "report demo -o json",
                "events", "events demo -o json",
                "golden-list", "golden list -o json",
                "snapshot-list", "snapshot list demo -o json");
        String said = Commands.perform(folder, home, List.copyOf(commands.values()));
        for (var command : commands.entrySet()) {
            // What it said stands between how the one before it ended and how it did.
            String[] until = said.split("(?m)^" + command.getValue() + ": 0$", 2);
            assertThat(until).as(said).hasSize(2);
            List<JsonNode> documents = documents(until[0].replaceFirst("(?s).*\n[a-z -]+ -o json: \\d+\n", ""));
            assertThat(documents).as(said).isNotEmpty();
            documents.forEach(each -> isAsItsSchemaHasIt(command.getKey(), each.toString()));
        }
    }

    private static List<JsonNode> documents(String text) throws IOException {
        List<JsonNode> all = new ArrayList<>();
        try (JsonParser parser = new ObjectMapper().createParser(text)) {
            while (parser.nextToken() != null) {
                all.add(parser.readValueAsTree());
            }
        }
        return all;
    }
}

package vmlab.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import vmlab.spec.Specs;

/** README and docs: their links lead somewhere, their commands are commands, their files are taken. */
class DocsTest {

    private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s]+)\\)");
    private static final Pattern BLOCK = Pattern.compile("^```(\\w*)\\n(.*?)^```$", Pattern.MULTILINE | Pattern.DOTALL);
    private static final Pattern SPAN = Pattern.compile("`(lab [a-z][^`]*)`");
    private static final Pattern SCRIPT = Pattern.compile("(?<![\\w/])((?:scripts|labs)/[a-z0-9][\\w.-]*\\w)");
    private static final int LONGEST_README = 150;

    @TempDir
    Path folder;

    private static List<Path> pages() throws IOException {
        try (Stream<Path> docs = Files.list(Path.of("docs"))) {
            return Stream.concat(
                            Stream.of("README.md", "images/README.md", "images/k0s-standin/README.md")
                                    .map(Path::of),
                            docs.filter(page -> page.toString().endsWith(".md")).sorted())
                    .toList();
        }
    }

    private static String text(Path page) throws IOException {
        return Files.readString(page);
    }

    private static List<String> blocks(String text, Set<String> languages) {
        return BLOCK.matcher(text)
                .results()
                .filter(block -> languages.contains(block.group(1)))
                .map(block -> block.group(2))
                .toList();
    }

    @Test
    void aNewcomerReadsAPageOrTwo() throws IOException {
        assertThat(text(Path.of("README.md")).lines()).hasSizeLessThanOrEqualTo(LONGEST_README);
    }

    @Test
    void everyLinkLeadsToAFileAndToAHeadingOfIt() throws IOException {
        List<String> broken = new ArrayList<>();
        for (Path page : pages()) {
            LINK.matcher(BLOCK.matcher(text(page)).replaceAll(""))
                    .results()
                    .map(link -> link.group(1))
                    .filter(target -> !target.contains("://"))
                    .filter(target -> !leadsSomewhere(page, target))
                    .forEach(target -> broken.add(page + ": " + target));
        }
        assertThat(broken).isEmpty();
    }

    private static boolean leadsSomewhere(Path page, String target) {
        int hash = target.indexOf('#');
        String path = hash < 0 ? target : target.substring(0, hash);
        Path file = path.isEmpty() ? page : page.resolveSibling(path).normalize();
        try {
            return Files.exists(file) && (hash < 0 || anchors(text(file)).contains(target.substring(hash + 1)));
        } catch (IOException error) {
            return false;
        }
    }

    /** As GitHub makes them of headings. */
    private static Set<String> anchors(String text) {
        return BLOCK.matcher(text)
                .replaceAll("")
                .lines()
                .filter(line -> line.matches("#+ .*"))
                .map(line -> line.replaceFirst("#+ ", "")
                        .toLowerCase(Locale.ROOT)
                        .replaceAll("[^\\w\\- ]", "")
                        .replace(' ', '-'))
                .collect(Collectors.toSet());
    }

    @Test
    void everyPageIsReachedFromTheReadme() throws IOException {
        Set<Path> reached = new java.util.HashSet<>(Set.of(Path.of("README.md")));
        List<Path> next = new ArrayList<>(reached);
        while (!next.isEmpty()) {
            Path page = next.removeFirst();
            for (MatchResult link : LINK.matcher(text(page)).results().toList()) {
                Path target = page.resolveSibling(link.group(1).replaceFirst("#.*", ""))
                        .normalize();
                if (target.toString().endsWith(".md") && Files.exists(target) && reached.add(target)) {
                    next.add(target);
                }
            }
        }
        assertThat(reached).containsAll(pages());
    }

    /** In blocks and in running text; what stands for something is replaced by what it may stand for. */
    @Test
    void everyCommandIsOne() throws IOException {
        List<String> commands = new ArrayList<>();
        for (Path page : pages()) {
            String text = text(page);
            blocks(text, Set.of("sh", "console")).stream()
                    .flatMap(String::lines)
                    .map(line -> line.replaceFirst("^\\$ ", ""))
                    .filter(line -> line.startsWith("lab "))
                    .forEach(commands::add);
            SPAN.matcher(BLOCK.matcher(text).replaceAll(""))
                    .results()
                    .map(span -> span.group(1))
                    .forEach(commands::add);
        }
        List<String> ours = commands.stream()
                .map(line -> line.split(" {2,}| #| [|>] | && | \\\\\\| ")[0].strip())
                .filter(line -> CommandGroups.names().contains(line.split(" ")[1]))
                .filter(line -> !line.matches(".*(…|\\w\\|\\w).*"))
                .map(DocsTest::concrete)
                .distinct()
                .toList();

        assertThat(ours)
                .hasSizeGreaterThan(60)
                .allSatisfy(line -> assertThatCode(() -> parse(line)).as(line).doesNotThrowAnyException());
    }

    /** A command that prose only names lacks what it is about. */
    private static void parse(String line) {
        String[] words = line.substring("lab ".length()).split(" ");
        try {
            Main.commandLine().parseArgs(words);
        } catch (CommandLine.MissingParameterException named) {
            assertThat(words).hasSizeLessThan(3);
        }
    }

    private static String concrete(String line) {
        return line.replaceAll("\\[[A-Z]+\\.{0,3}\\]", "")
                .replace("./checks", "./scripts")
                .replace("SUITE", "smoke")
                .replaceAll("\\bI/N\\b", "1/2")
                .replaceAll("--shards N\\b", "--shards 2")
                .replaceAll("--nodes N\\b", "--nodes 2")
                .strip();
    }

    /** Whole ones, and single keys as they stand in a file with one node; what they name is there. */
    @Test
    void everyClusterYamlIsTaken() throws IOException {
        Files.createDirectories(folder.resolve("images"));
        Files.writeString(folder.resolve("images/debian.yaml"), "");
        Path file = Files.createDirectories(folder.resolve("labs")).resolve("cluster.yaml");
        Files.writeString(file.resolveSibling("app.tar"), "");
        int seen = 0;
        for (Path page : pages()) {
            for (String yaml : blocks(text(page), Set.of("yaml"))) {
                if (!yaml.startsWith("apiVersion: lab-image/v1")) {
                    seen++;
                    Files.writeString(file, whole(yaml).replace("image: images/", "image: ../images/"));
                    assertThatCode(() -> Specs.readCluster(file))
                            .as(page + ":\n" + yaml)
                            .doesNotThrowAnyException();
                }
            }
        }
        assertThat(seen).isGreaterThan(5);
    }

    private static String whole(String yaml) {
        return yaml.startsWith("apiVersion:") ? yaml : """
                apiVersion: lab/v1
                name: demo
                image: images/debian.yaml
                nodes: [{name: cp}]
                """ + yaml;
    }

    @Test
    void theTableOfCommandsHasThemAll() throws IOException {
        String page = text(Path.of("docs/commands.md"));

        assertThat(CommandGroups.names())
                .filteredOn(name -> !name.equals("help"))
                .allSatisfy(name -> assertThat(page).containsPattern("`[^`\\n]*\\blab " + name + "\\b"));
    }

    @Test
    void everyBlockNamesACommandThatIsThere() throws IOException {
        List<String> names = new ArrayList<>();
        for (Path page : pages()) {
            Stream.concat(
                            blocks(text(page), Set.of("sh")).stream().flatMap(String::lines),
                            blocks(text(page), Set.of("console")).stream()
                                    .flatMap(String::lines)
                                    .filter(line -> line.startsWith("$ "))
                                    .map(line -> line.substring(2)))
                    .filter(line -> line.matches("lab [a-z].*"))
                    .forEach(line -> names.add(line.split(" ")[1]));
        }
        assertThat(names).isNotEmpty().isSubsetOf(CommandGroups.names());
    }

    /** Also of a script, where a page tells to run it. */
    @Test
    void everyScriptIsThere() throws IOException {
        List<String> missing = new ArrayList<>();
        for (Path page : pages()) {
            SCRIPT.matcher(text(page))
                    .results()
                    .map(script -> script.group(1))
                    .filter(script -> !Files.exists(Path.of(script)))
                    .forEach(script -> missing.add(page + ": " + script));
        }
        assertThat(missing).isEmpty();
    }
}

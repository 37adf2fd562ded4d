package vmlab.kube;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.UserPrincipal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import vmlab.plan.LabFolder;
import vmlab.run.AtomicFile.Readers;
import vmlab.run.LabFailure;
import vmlab.run.Run;

/**
 * A kubeconfig file of the user's own, in which a lab is one entry among others ({@code lab kubeconfig --merge}). Those of a lab carry an
 * extension that says whose they are; all others stay as they were written.
 */
public record KubeconfigFile(Path path) {

    private static final Map<String, String> LISTS =
            Map.of("clusters", "cluster", "contexts", "context", "users", "user");

    /** How many links may lead to one another, as on Linux (path_resolution(7)). */
    private static final int MOST_LINKS = 40;

    /** Puts the lab's cluster in and makes it current, with a note of the one that was. An entry of its name that is not the lab's own is refused. */
    public void merge(Kubeconfig added, LabFolder lab, Run run) throws InterruptedException {
        try (KubeconfigLock lock = KubeconfigLock.take(path, run)) {
            MappingNode document = read();
            refuseOthers(document, added, lab);
            putIfAbsent(document, "apiVersion", "v1");
            putIfAbsent(document, "kind", "Config");
            String before = before(document, added.name());
            put(document, "clusters", added.name(), List.of(marked(added.cluster(), "cluster", lab, "")));
            put(document, "contexts", added.name(), List.of(marked(added.context(), "context", lab, before)));
            put(document, "users", added.name(), List.of(marked(added.user(), "user", lab, "")));
            YamlTree.put(document, "current-context", YamlTree.of(added.name()));
            write(document);
        }
    }

    /** Takes a lab's entries out again, and makes the context current that was before; does nothing where there are none. */
    public void remove(String name, LabFolder lab, Run run) throws InterruptedException {
        if (!Files.exists(path)) {
            return;
        }
        try (KubeconfigLock lock = KubeconfigLock.take(path, run)) {
            MappingNode document = read();
            List<String> lists = LISTS.keySet().stream()
                    .filter(list -> named(document, list, name).stream().anyMatch(entry -> isOf(lab, entry, list)))
                    .toList();
            String before = before(document, name);
            lists.forEach(list -> put(document, list, name, List.of()));
            if (lists.contains("contexts") && name.equals(YamlTree.text(document, "current-context"))) {
                boolean isThere = !named(document, "contexts", before).isEmpty();
                YamlTree.put(document, "current-context", YamlTree.of(isThere ? before : ""));
            }
            if (!lists.isEmpty()) {
                write(document);
            }
        }
    }

    /** The context that was current before that of the lab {@code name}. */
    private static String before(MappingNode document, String name) {
        String current = YamlTree.text(document, "current-context");
        if (!current.equals(name)) {
            return current;
        }
        return named(document, "contexts", name).stream()
                .flatMap(entry -> extensions(entry, "contexts"))
                .map(extension -> YamlTree.text(extension, "before"))
                .findFirst()
                .orElse("");
    }

    private static void putIfAbsent(MappingNode document, String key, String value) {
        if (YamlTree.get(document, key).isEmpty()) {
            YamlTree.put(document, key, YamlTree.of(value));
        }
    }

    private static Node marked(Map<String, Object> entry, String kind, LabFolder lab, String before) {
        if (entry.get(kind) instanceof Map<?, ?> content) {
            Map<String, Object> all = Yaml.map(
                    "extensions",
                    List.of(Yaml.map(
                            "name",
                            "lab",
                            "extension",
                            before.isEmpty()
                                    ? Yaml.map("folder", lab.path().toString())
                                    : Yaml.map("folder", lab.path().toString(), "before", before))));
            content.forEach((key, value) -> all.put(String.valueOf(key), value));
            entry.put(kind, all);
        }
        return YamlTree.of(entry);
    }

    private static boolean isOf(LabFolder lab, Node entry, String list) {
        return extensions(entry, list).anyMatch(extension -> YamlTree.text(extension, "folder")
                .equals(lab.path().toString()));
    }

    /** Our notes in an entry. */
    private static Stream<Node> extensions(Node entry, String list) {
        return YamlTree.get(entry, LISTS.get(list)).stream()
                .flatMap(content -> YamlTree.items(content, "extensions").stream())
                .filter(extension -> YamlTree.text(extension, "name").equals("lab"))
                .flatMap(extension -> YamlTree.get(extension, "extension").stream());
    }

    /** An older lab did not mark what it merged: such an entry is known by the cluster's CA. */
    private void refuseOthers(MappingNode document, Kubeconfig added, LabFolder lab) {
        boolean isSameCluster = named(document, "clusters", added.name()).stream()
                .flatMap(entry -> YamlTree.get(entry, "cluster").stream())
                .anyMatch(cluster ->
                        YamlTree.text(cluster, "certificate-authority-data").equals(added.authorityData()));
        for (String list : List.of("contexts", "clusters", "users")) {
            boolean isOthers = named(document, list, added.name()).stream().anyMatch(entry -> !isOf(lab, entry, list));
            if (isOthers && !isSameCluster) {
                throw LabFailure.input(
                        path + " has another " + LISTS.get(list) + " named " + added.name(),
                        "it does not say that it is of the lab in " + lab.path(),
                        "rename or remove it (kubectl config rename-context " + added.name() + " NAME, delete-"
                                + LISTS.get(list) + " " + added.name()
                                + "), or leave the file alone: export KUBECONFIG="
                                + lab.kubeconfig() + ". It was left as it is");
            }
        }
    }

    private static List<Node> named(MappingNode document, String list, String name) {
        return YamlTree.items(document, list).stream()
                .filter(entry -> YamlTree.text(entry, "name").equals(name))
                .toList();
    }

    private static void put(MappingNode document, String list, String name, List<Node> fresh) {
        List<Node> entries = new ArrayList<>(YamlTree.items(document, list));
        entries.removeAll(named(document, list, name));
        entries.addAll(fresh);
        YamlTree.put(document, list, YamlTree.list(entries));
    }

    private MappingNode read() {
        try {
            Path file = target();
            // A device or a pipe, /dev/null say, would be replaced by a file of its name.
            if (Files.exists(file) && !Files.isRegularFile(file)) {
                throw noKubeconfig(Files.isDirectory(file) ? "it is a folder" : "it is a pipe or a device");
            }
            MappingNode document = YamlTree.read(Files.exists(file) ? Files.readString(file) : "");
            String kind = YamlTree.text(document, "kind");
            if (!kind.isEmpty() && !kind.equals("Config")) {
                throw new YAMLException("its kind is " + kind);
            }
            LISTS.keySet().forEach(list -> YamlTree.items(document, list));
            return document;
        } catch (YAMLException error) {
            throw noKubeconfig(error instanceof MarkedYAMLException marked ? marked.getProblem() : error.getMessage())
                    .causedBy(error);
        } catch (CharacterCodingException error) {
            throw noKubeconfig("it is not UTF-8").causedBy(error);
        } catch (IOException error) {
            throw SecretFiles.failure("read", path, error);
        }
    }

    private LabFailure noKubeconfig(String why) {
        return LabFailure.input(path + " is no kubeconfig", why, "mend or move it; it was left as it is");
    }

    /** Replaces the file; whoever has it has it still, also where root merges for a user, and JSON stays JSON. */
    private void write(MappingNode document) {
        try {
            Path file = target();
            boolean isThere = Files.exists(file);
            if (isThere && !Files.isWritable(file)) {
                throw LabFailure.input(
                        path + " is read-only",
                        "lab runs as " + System.getProperty("user.name") + ", who may not write it",
                        "make it writable: chmod u+w " + file + ". It was left as it is");
            }
            UserPrincipal before = Files.getOwner(isThere ? file : file.getParent());
            Optional<Set<PosixFilePermission>> mode =
                    isThere ? Optional.of(Files.getPosixFilePermissions(file)) : Optional.empty();
            boolean isJson = isThere && YamlTree.isJson(Files.readString(file));
            SecretFiles.write(file, isJson ? YamlTree.json(document) : YamlTree.write(document), Readers.OWNER);
            if (!Files.getOwner(file).equals(before)) {
                Files.setOwner(file, before);
            }
            if (mode.isPresent()) {
                Files.setPosixFilePermissions(file, mode.get());
            }
        } catch (IOException error) {
            throw SecretFiles.failure("written", path, error);
        }
    }

    /** Where links lead, be it to a file that is not there yet. */
    private Path target() throws IOException {
        Path file = path.toAbsolutePath();
        for (int links = 0; Files.isSymbolicLink(file) && links < MOST_LINKS; links++) {
            file = file.resolveSibling(Files.readSymbolicLink(file));
        }
        return file;
    }
}

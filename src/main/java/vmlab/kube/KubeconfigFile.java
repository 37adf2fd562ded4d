package vmlab.kube;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import vmlab.run.AtomicFile.Readers;
import vmlab.run.LabFailure;
import vmlab.run.Run;

/** A kubeconfig file of the user's own, in which a lab is one entry among others ({@code lab kubeconfig --merge}). */
public record KubeconfigFile(Path path) {

    /** Puts the cluster in and makes it current; an entry of its name is replaced, all others stay as they are. */
    public void merge(Kubeconfig added, Run run) throws InterruptedException {
        try (KubeconfigLock lock = KubeconfigLock.take(path, run)) {
            merge(added);
        }
    }

    private void merge(Kubeconfig added) {
        Map<String, Object> document = read();
        document.putIfAbsent("apiVersion", "v1");
        document.putIfAbsent("kind", "Config");
        put(document, "clusters", added.name(), List.of(added.cluster()));
        put(document, "contexts", added.name(), List.of(added.context()));
        put(document, "users", added.name(), List.of(added.user()));
        document.put("current-context", added.name());
        SecretFiles.write(path, Yaml.write(document), Readers.OWNER);
    }

    /** Takes a lab's entries out again; does nothing where there are none. */
    public void remove(String name, Run run) throws InterruptedException {
        if (!Files.exists(path)) {
            return;
        }
        try (KubeconfigLock lock = KubeconfigLock.take(path, run)) {
            remove(name);
        }
    }

    private void remove(String name) {
        Map<String, Object> document = read();
        Map<String, Object> before = new LinkedHashMap<>(document);
        List.of("clusters", "contexts", "users").forEach(list -> put(document, list, name, List.of()));
        if (name.equals(document.get("current-context"))) {
            document.put("current-context", "");
        }
        if (!document.equals(before)) {
            SecretFiles.write(path, Yaml.write(document), Readers.OWNER);
        }
    }

    private static void put(Map<String, Object> document, String list, String name, List<Map<String, Object>> fresh) {
        if (document.get(list) == null && fresh.isEmpty()) {
            return;
        }
        List<Object> entries = new ArrayList<>();
        if (document.get(list) instanceof List<?> old) {
            entries.addAll(old);
        }
        entries.removeIf(entry -> entry instanceof Map<?, ?> map && name.equals(map.get("name")));
        entries.addAll(fresh);
        document.put(list, entries);
    }

    private Map<String, Object> read() {
        if (!Files.exists(path)) {
            return new LinkedHashMap<>();
        }
        try {
            return Yaml.read(SecretFiles.read(path));
        } catch (JsonProcessingException error) {
            throw LabFailure.input(
                            path + " is no kubeconfig",
                            error.getOriginalMessage(),
                            "mend or move it; it was left as it is")
                    .causedBy(error);
        }
    }
}

package vmlab.power;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import vmlab.kube.KubeApi;
import vmlab.kube.KubeNode;
import vmlab.plan.LabFolder;
import vmlab.run.AtomicFile;
import vmlab.run.Run;

/**
 * The nodes that lab lets no further pods onto while it takes them out of their cluster. Each is noted in the lab's folder before it is
 * cordoned and until it is not any more, so that whatever ends the command in between, the next one makes good for it. A node that
 * somebody else cordoned stays so.
 *
 * @param answer how long one answer of the API is waited for
 */
public record Cordons(LabFolder folder, KubeApi api, Run run, Duration answer) {

    /** Whether a command that was killed left nodes cordoned. */
    public static boolean isAnyLeft(LabFolder folder) {
        return !left(folder).isEmpty();
    }

    /** Lets no further pod onto {@code node}; returns the boot that it is in, where the API knows it. */
    public Optional<String> cordon(String node) throws InterruptedException {
        KubeNode known = new KubeNode(api, node);
        if (run.await(node, "the API", answer).until(known::isCordoned)) {
            if (!Files.exists(folder.cordoned(node))) {
                run.note(node + " was cordoned by somebody else, and stays so");
            }
        } else {
            note(node);
        }
        return run.await(node, "the node to be cordoned", answer).until(known::cordon);
    }

    /** Lets pods onto {@code node} again, if it was lab that cordoned it. */
    public void uncordon(String node) throws InterruptedException {
        if (Files.exists(folder.cordoned(node))) {
            run.await(node, "the node to be uncordoned", answer).until(new KubeNode(api, node)::uncordon);
            forget(node);
        }
    }

    /** Uncordons all nodes that are noted; returns them. */
    public List<String> uncordonAll() throws InterruptedException {
        List<String> nodes = left(folder);
        for (String node : nodes) {
            uncordon(node);
        }
        return nodes;
    }

    private void note(String node) {
        try {
            AtomicFile.write(folder.cordoned(node), "");
        } catch (IOException full) {
            throw new UncheckedIOException("it could not be noted that " + node + " is cordoned", full);
        }
    }

    private void forget(String node) {
        try {
            Files.deleteIfExists(folder.cordoned(node));
        } catch (IOException error) {
            throw new UncheckedIOException(error);
        }
    }

    private static List<String> left(LabFolder folder) {
        if (!Files.isDirectory(folder.path())) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder.path())) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(LabFolder.CORDONED) && !name.startsWith("."))
                    .map(name -> name.substring(0, name.length() - LabFolder.CORDONED.length()))
                    .sorted()
                    .toList();
        } catch (IOException error) {
            throw new UncheckedIOException(error);
        }
    }
}

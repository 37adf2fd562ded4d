package vmlab.kube;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import vmlab.plan.LabFolder;
import vmlab.run.AtomicFile;
import vmlab.run.LabFailure;
import vmlab.run.Run;

/** The user's kubeconfig files that have a lab's entries, noted in its folder: they are taken out when it goes. */
public record MergedInto(LabFolder folder) {

    /** Merges into {@code file}, which is noted first. */
    public void add(Path file, Kubeconfig kubeconfig, Run run) throws InterruptedException {
        Path noted = file.toAbsolutePath().normalize();
        Set<String> all = new LinkedHashSet<>(files());
        if (all.add(noted.toString())) {
            try {
                AtomicFile.write(folder.merged(), all);
            } catch (IOException error) {
                throw new UncheckedIOException(error);
            }
        }
        new KubeconfigFile(noted).merge(kubeconfig, folder, run);
    }

    /** Takes the entries out again; a file that does not allow it is told, and is no reason to keep the lab. */
    public void undo(String lab, Run run) throws InterruptedException {
        for (String file : files()) {
            try {
                new KubeconfigFile(Path.of(file)).remove(lab, folder, run);
            } catch (LabFailure failure) {
                run.note(file + " still has context " + lab + ": " + failure.what() + ": " + failure.why());
            }
        }
    }

    private List<String> files() {
        try {
            return Files.readAllLines(folder.merged());
        } catch (NoSuchFileException none) {
            return List.of();
        } catch (IOException error) {
            throw new UncheckedIOException(error);
        }
    }
}

package vmlab.registry;

import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import vmlab.run.LabFailure;
import vmlab.run.Run;
import vmlab.spec.ImageName;
import vmlab.spec.PodImages;

/** The images that a cluster.yaml names: which of them the store lacks, and how they come. */
public final class WantedImages {

    private final ContainerStore store;
    private final LoadedFiles files;
    private final Map<String, String> env;

    /** For {@code store}; {@code env} says of logins and proxies. */
    public WantedImages(ContainerStore store, Map<String, String> env) {
        this.store = store;
        this.files = store.loadedFiles();
        this.env = Map.copyOf(env);
    }

    /** Files that changed since they were loaded, and names that the store does not know. */
    public List<String> missing(PodImages wanted) {
        List<String> missing = new ArrayList<>();
        wanted.files().stream()
                .filter(file -> !files.isLoaded(file, store.list()))
                .map(ImageFile::required)
                .forEach(file -> missing.add(file.toString()));
        wanted.names().stream()
                .filter(name -> store.find(name).isEmpty())
                .forEach(name -> missing.add(name.toString()));
        return missing;
    }

    /** Brings one of them in, from this machine or, if that may be, from its registry; returns what it is called. */
    public List<String> fetch(String missing, PodImages.Pull pull, Run run) throws InterruptedException {
        Optional<ImageName> name = ImageName.find(missing);
        if (name.isPresent()
                && ContainerEngine.having(missing, new ArrayList<>()).isEmpty()) {
            if (pull == PodImages.Pull.NEVER) {
                throw LabFailure.input(
                        "no image " + missing,
                        "neither the store nor docker nor podman has it, and cluster.yaml says pull: never",
                        "lab images pull " + missing + ", or lab load an archive of it");
            }
            return List.of(new Pulling(store, env).pull(name.get(), run).name());
        }
        List<StoredImage> loaded =
                new Loading(store, Optional.empty()).load(missing, InputStream.nullInputStream(), run);
        if (name.isEmpty()) {
            files.note(java.nio.file.Path.of(missing), loaded);
        }
        return loaded.stream().map(StoredImage::name).toList();
    }
}

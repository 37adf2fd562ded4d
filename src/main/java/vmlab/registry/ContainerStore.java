package vmlab.registry;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import vmlab.run.AtomicFile;
import vmlab.run.LockFile;
import vmlab.run.Run;
import vmlab.spec.ImageName;

/**
 * The container images of all labs: an OCI image layout, {@code blobs/sha256/…} and {@code index.json}. Blobs are whole or not there, and
 * each is what its name says; whoever changes the index holds {@code index.lock}. What is on its way in has a folder of its own
 * ({@link Incoming}) and keeps hold of the blobs that it shares with images which are removed meanwhile.
 */
public final class ContainerStore {

    private static final String LAYOUT = "{\"imageLayoutVersion\": \"1.0.0\"}\n";
    private static final Duration LIMIT = Duration.ofMinutes(2);

    private final Path folder;
    private final ImageIndex index;

    /** The store below {@code cache}. */
    public ContainerStore(Path cache) {
        this.folder = cache.resolve("containers");
        this.index = new ImageIndex(folder.resolve("index.json"));
    }

    /** What was loaded from which file. */
    LoadedFiles loadedFiles() {
        return new LoadedFiles(folder.resolve("files"));
    }

    /** Something done while nobody else changes the index. */
    interface Change<T> {
        T make() throws IOException;
    }

    /** All images, by name. */
    public Collection<StoredImage> list() {
        try {
            return index.read().values();
        } catch (IOException error) {
            throw Trouble.ofStore(folder, error);
        }
    }

    /** The image that nodes get when a pod asks for that name. */
    public Optional<StoredImage> find(ImageName name) {
        try {
            return Optional.ofNullable(index.read().get(name.toString())).or(() -> byDigest(name));
        } catch (IOException error) {
            throw Trouble.ofStore(folder, error);
        }
    }

    /** What has a digest is that image, whatever it is called. */
    private Optional<StoredImage> byDigest(ImageName name) {
        return BlobDigest.parse(name.digest()).flatMap(this::manifest).map(manifest -> {
            String digest = BlobDigest.of(manifest.text()).toString();
            return new StoredImage(name.toString(), digest, manifest.mediaType(), manifest.text().length, false);
        });
    }

    /** The manifest of that digest, where there is one. */
    Optional<Manifest> manifest(BlobDigest digest) {
        Path file = blob(digest);
        try {
            return Files.isRegularFile(file) && Files.size(file) <= Manifest.LARGEST
                    ? Optional.of(Manifest.parse(Files.readAllBytes(file)))
                    : Optional.empty();
        } catch (NoImage other) {
            return Optional.empty();
        } catch (IOException error) {
            throw Trouble.ofStore(folder, error);
        }
    }

    /** Where a blob lies, or would. */
    Path blob(BlobDigest digest) {
        return folder.resolve(path(digest.toString()));
    }

    static String path(String digest) {
        return "blobs/" + digest.replace(':', '/');
    }

    /** A place for what is on its way in. */
    Incoming receive() {
        try {
            Files.createDirectories(blob(BlobDigest.of(new byte[0])).getParent());
            return Incoming.in(folder.resolve("incoming"), this);
        } catch (IOException error) {
            throw Trouble.ofStore(folder, error);
        }
    }

    /** Adds {@code images}, whose blobs {@code incoming} has; those of the same names go. */
    void publish(Collection<StoredImage> images, Incoming incoming, Run run) throws IOException, InterruptedException {
        locked(run, () -> {
            incoming.moveTo(blob(BlobDigest.of(new byte[0])).getParent());
            if (!Files.exists(folder.resolve("oci-layout"))) {
                AtomicFile.write(folder.resolve("oci-layout"), LAYOUT);
            }
            var all = index.read();
            images.forEach(image -> all.put(image.name(), image));
            index.write(all.values());
            return images;
        });
    }

    /** Removes the image of that name with all that no other one needs; whether there was one. */
    public boolean remove(ImageName name, Run run) throws InterruptedException {
        try {
            return locked(run, () -> {
                var all = index.read();
                if (all.remove(name.toString()) == null) {
                    return false;
                }
                removeFrom(all.values());
                return true;
            });
        } catch (IOException error) {
            throw Trouble.ofStore(folder, error);
        }
    }

    /** A full disk has no room for another index either: there the blobs go first. */
    private void removeFrom(Collection<StoredImage> left) throws IOException {
        try {
            index.write(left);
        } catch (IOException error) {
            if (!Trouble.isFull(String.valueOf(error.getMessage()))) {
                throw error;
            }
            sweep(left);
            index.write(left);
        }
        sweep(left);
    }

    private void sweep(Collection<StoredImage> images) throws IOException {
        Set<BlobDigest> needed = new HashSet<>();
        images.forEach(image -> BlobDigest.parse(image.digest()).ifPresent(digest -> mark(digest, needed)));
        try (Stream<Path> blobs = Files.list(blob(BlobDigest.of(new byte[0])).getParent())) {
            for (Path blob : blobs.toList()) {
                if (!needed.contains(new BlobDigest(blob.getFileName().toString()))) {
                    Files.delete(blob);
                }
            }
        }
    }

    private void mark(BlobDigest root, Set<BlobDigest> needed) {
        needed.add(root);
        manifest(root).ifPresent(manifest -> {
            if (manifest.isIndex()) {
                manifest.forNodes().forEach(each -> mark(each.digest(), needed));
            } else {
                needed.add(manifest.config().digest());
                manifest.layers().forEach(layer -> needed.add(layer.digest()));
            }
        });
    }

    private <T> T locked(Run run, Change<T> change) throws IOException, InterruptedException {
        Path file = folder.resolve("index.lock");
        String self = Long.toString(ProcessHandle.current().pid());
        try (LockFile lock = run.await("", "the store of container images", LIMIT)
                .every(Duration.ofMillis(20))
                .until(() -> LockFile.look(file, self, holder -> "process " + holder + " has it"))) {
            return change.make();
        }
    }

    /** Images whose names resemble one that is missing: another registry's, another tag's. */
    public List<String> similar(ImageName missing) {
        String last = lastPart(missing.repository());
        return list().stream()
                .map(StoredImage::name)
                .filter(name -> ImageName.find(name)
                        .filter(known -> lastPart(known.repository()).equals(last))
                        .isPresent())
                .toList();
    }

    private static String lastPart(String repository) {
        return repository.substring(repository.lastIndexOf('/') + 1);
    }
}

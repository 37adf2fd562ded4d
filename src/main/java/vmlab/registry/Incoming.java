package vmlab.registry;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import vmlab.run.LockFile;
import vmlab.run.Trees;

/**
 * What is on its way into the store, in a folder of its own, each blob under its digest once it is whole and right. Blobs that the store
 * has already are linked, so that they stay when the image that they came with is removed meanwhile. Whatever ends the process, the next
 * one that brings something in removes what is left.
 */
final class Incoming implements AutoCloseable {

    private static final String LOCK = ".lock";

    private final ContainerStore store;
    private final Path folder;
    private final LockFile lock;

    private Incoming(ContainerStore store, Path folder, LockFile lock) {
        this.store = store;
        this.folder = folder;
        this.lock = lock;
    }

    static Incoming in(Path all, ContainerStore store) throws IOException {
        sweep(all);
        while (true) {
            String name = UUID.randomUUID().toString();
            Optional<LockFile> lock = LockFile.tryTake(all.resolve(name + LOCK), name);
            // Another process that sweeps may have been quicker to take it.
            if (lock.isPresent()) {
                Files.createDirectories(all.resolve(name).resolve("blobs"));
                return new Incoming(store, all.resolve(name), lock.get());
            }
        }
    }

    private static void sweep(Path all) throws IOException {
        if (!Files.isDirectory(all)) {
            return;
        }
        try (Stream<Path> there = Files.list(all)) {
            for (Path each : there.toList()) {
                String name = each.getFileName().toString().replace(LOCK, "");
                Optional<LockFile> dead = LockFile.tryTake(all.resolve(name + LOCK), "");
                if (dead.isPresent()) {
                    try (LockFile lock = dead.get()) {
                        Trees.delete(all.resolve(name));
                    }
                }
            }
        }
    }

    /** A folder for what has to be unpacked first. */
    Path scratch() throws IOException {
        return Files.createDirectories(folder.resolve("scratch"));
    }

    /** Takes in one blob, unless the store has it; refuses what is not of that digest and size. */
    void take(Descriptor wanted, Content content) throws IOException, InterruptedException {
        if (holds(wanted.digest())) {
            return;
        }
        Path part = Files.createTempFile(folder, "", ".part");
        BlobDigest got;
        try (InputStream in = content.open(wanted);
                OutputStream out = Files.newOutputStream(part)) {
            got = BlobDigest.copy(wanted.size() < 0 ? in : new AtMost(in, wanted), out);
        }
        long size = Files.size(part);
        if (!got.equals(wanted.digest()) || wanted.size() >= 0 && wanted.size() != size) {
            throw new NoImage("it was cut or altered: what should be %s, %s bytes, is %s, %s bytes"
                    .formatted(wanted.digest(), wanted.size(), got, size));
        }
        Files.move(part, file(got), StandardCopyOption.ATOMIC_MOVE);
    }

    /** Takes in what was made here. */
    BlobDigest add(byte[] made) throws IOException {
        BlobDigest digest = BlobDigest.of(made);
        if (!holds(digest)) {
            Files.write(file(digest), made);
        }
        return digest;
    }

    /** Where a blob that was taken lies. */
    Path file(BlobDigest digest) {
        return folder.resolve("blobs").resolve(digest.hex());
    }

    private boolean holds(BlobDigest digest) throws IOException {
        Path mine = file(digest);
        if (Files.exists(mine)) {
            return true;
        }
        try {
            Files.createLink(mine, store.blob(digest));
            return true;
        } catch (FileAlreadyExistsException both) {
            return true;
        } catch (NoSuchFileException missing) {
            return false;
        }
    }

    /** Gives everything to the store. */
    void moveTo(Path blobs) throws IOException {
        try (Stream<Path> taken = Files.list(folder.resolve("blobs"))) {
            for (Path blob : taken.toList()) {
                Files.move(blob, blobs.resolve(blob.getFileName()), StandardCopyOption.ATOMIC_MOVE);
            }
        }
    }

    @Override
    public void close() throws IOException {
        try {
            Trees.delete(folder);
        } finally {
            lock.close();
        }
    }
}

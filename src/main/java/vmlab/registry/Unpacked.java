package vmlab.registry;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.nio.channels.ClosedByInterruptException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.zip.GZIPInputStream;
import vmlab.run.Environment;

/** An archive of images, unpacked by tar, which lets no name in it lead out of the folder. */
final class Unpacked {

    /** For a program to end once it has said everything. */
    static final Duration LIMIT = Duration.ofMinutes(1);

    private static final int GZIP = 0x1f8b;

    private Unpacked() {}

    /** Unpacks a tar, compressed with gzip or not at all, into {@code folder}. */
    static Path into(Path folder, InputStream archive) throws IOException, InterruptedException {
        List<String> command =
                List.of("tar", "-x", "--no-same-owner", "--no-same-permissions", "-C", folder.toString(), "-f", "-");
        Process tar = Environment.process(command).redirectErrorStream(true).start();
        try {
            CompletableFuture<String> said = new CompletableFuture<>();
            Thread.startVirtualThread(() -> said.complete(read(tar)));
            feed(archive, tar);
            String words = said.join();
            if (!tar.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS) || tar.exitValue() != 0) {
                throw failure(words);
            }
            return folder;
        } finally {
            tar.destroyForcibly();
        }
    }

    private static void feed(InputStream archive, Process tar) throws IOException {
        InputStream plain = plain(archive);
        try (OutputStream in = tar.getOutputStream()) {
            byte[] buffer = new byte[1 << 17];
            for (int read = read(plain, buffer); read >= 0; read = read(plain, buffer)) {
                if (Thread.currentThread().isInterrupted()) {
                    throw new InterruptedIOException("interrupted");
                }
                try {
                    in.write(buffer, 0, read);
                } catch (IOException ended) {
                    // It says itself why, or has seen the end of the archive; whoever sends it is heard out.
                    plain.transferTo(OutputStream.nullOutputStream());
                    return;
                }
            }
        } catch (IOException ended) {
            // As above: only the last bytes were not written yet.
            if (Thread.currentThread().isInterrupted()) {
                throw ended;
            }
        }
    }

    private static InputStream plain(InputStream archive) throws IOException {
        BufferedInputStream buffered = new BufferedInputStream(archive, 1 << 16);
        buffered.mark(2);
        int first = buffered.read();
        int second = buffered.read();
        if (first < 0) {
            throw new NoImage("it is empty");
        }
        buffered.reset();
        return (first << 8 | second) == GZIP ? new GZIPInputStream(buffered, 1 << 16) : buffered;
    }

    private static int read(InputStream plain, byte[] buffer) throws ClosedByInterruptException {
        try {
            return plain.read(buffer);
        } catch (ClosedByInterruptException end) {
            throw end;
        } catch (IOException error) {
            throw new NoImage("the archive is cut or damaged: " + error.getMessage());
        }
    }

    private static String read(Process tar) {
        try {
            return new String(tar.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        } catch (IOException ended) {
            return "";
        }
    }

    private static IOException failure(String said) {
        if (Trouble.isFull(said)) {
            return new IOException(said);
        }
        throw new NoImage(
                said.contains("does not look like a tar archive") || said.isEmpty()
                        ? "it is no tar archive"
                        : "the archive is cut or damaged: "
                                + said.lines().distinct().collect(Collectors.joining("; ")));
    }

    /** A file of an unpacked archive, where it is one and within it. */
    static Path file(Path folder, String name) throws IOException {
        Path file = folder.resolve(name).normalize();
        if (!file.startsWith(folder)
                || !Files.isRegularFile(file)
                || !file.toRealPath().startsWith(folder.toRealPath())) {
            throw new NoImage("it refers to " + name + ", which is not in it");
        }
        return file;
    }
}

package vmlab.registry;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Sends blobs whole or in part. One that is no longer what its name says is not sent; each is read for that once, and after each change. */
final class BlobAnswer {

    private static final Pattern RANGE = Pattern.compile("bytes=([0-9]{0,18})-([0-9]{0,18})");

    private record Seen(Object key, long size, Object modified) {}

    private record Span(long from, long length) {}

    private final ContainerStore store;
    private final Map<BlobDigest, Seen> whole = new ConcurrentHashMap<>();

    BlobAnswer(ContainerStore store) {
        this.store = store;
    }

    void send(HttpExchange exchange, BlobDigest digest, String mediaType) throws IOException {
        Path file = store.blob(digest);
        if (!Files.isRegularFile(file)) {
            NodeRegistry.fail(exchange, 404, "BLOB_UNKNOWN", "the store has no " + digest);
        } else if (!isWhole(file, digest)) {
            NodeRegistry.fail(
                    exchange,
                    500,
                    "UNKNOWN",
                    "the store's " + digest + " is damaged: remove the image, and load it anew");
        } else {
            exchange.getResponseHeaders().set("Content-Type", mediaType);
            exchange.getResponseHeaders().set("Docker-Content-Digest", digest.toString());
            exchange.getResponseHeaders().set("Accept-Ranges", "bytes");
            send(exchange, file);
        }
    }

    private static void send(HttpExchange exchange, Path file) throws IOException {
        long size = Files.size(file);
        Optional<String> wanted =
                Optional.ofNullable(exchange.getRequestHeaders().getFirst("Range"));
        Span span = new Span(0, size);
        if (wanted.isPresent()) {
            Optional<Span> part = span(wanted.get(), size);
            if (part.isEmpty()) {
                exchange.getResponseHeaders().set("Content-Range", "bytes */" + size);
                exchange.sendResponseHeaders(416, -1);
                return;
            }
            span = part.get();
            long last = span.from() + span.length() - 1;
            exchange.getResponseHeaders().set("Content-Range", "bytes " + span.from() + "-" + last + "/" + size);
        }
        int status = wanted.isPresent() ? 206 : 200;
        if (exchange.getRequestMethod().equals("HEAD")) {
            exchange.getResponseHeaders().set("Content-Length", Long.toString(span.length()));
            exchange.sendResponseHeaders(status, -1);
            return;
        }
        exchange.sendResponseHeaders(status, span.length() == 0 ? -1 : span.length());
        try (InputStream in = Files.newInputStream(file);
                OutputStream body = exchange.getResponseBody()) {
            in.skipNBytes(span.from());
            copy(in, body, span.length());
        }
    }

    /** The bytes that a range means; empty where there are none. More than one range at once nobody asks for. */
    private static Optional<Span> span(String range, long size) {
        Matcher match = RANGE.matcher(range);
        if (!match.matches() || match.group(1).isEmpty() && match.group(2).isEmpty()) {
            return Optional.empty();
        }
        if (match.group(1).isEmpty()) {
            long length = Math.min(size, Long.parseLong(match.group(2)));
            return Optional.of(new Span(size - length, length)).filter(span -> span.length() > 0);
        }
        long from = Long.parseLong(match.group(1));
        long last = match.group(2).isEmpty() ? size - 1 : Math.min(size - 1, Long.parseLong(match.group(2)));
        return Optional.of(new Span(from, last - from + 1)).filter(span -> span.length() > 0);
    }

    private static void copy(InputStream in, OutputStream out, long length) throws IOException {
        byte[] buffer = new byte[1 << 16];
        for (long left = length; left > 0; ) {
            int read = in.read(buffer, 0, (int) Math.min(buffer.length, left));
            if (read < 0) {
                throw new IOException("the blob became shorter while it was sent");
            }
            out.write(buffer, 0, read);
            left -= read;
        }
    }

    private boolean isWhole(Path file, BlobDigest digest) throws IOException {
        BasicFileAttributes now = Files.readAttributes(file, BasicFileAttributes.class);
        Seen seen = new Seen(String.valueOf(now.fileKey()), now.size(), now.lastModifiedTime());
        if (!seen.equals(whole.get(digest))) {
            if (!BlobDigest.of(file).equals(digest)) {
                return false;
            }
            whole.put(digest, seen);
        }
        return true;
    }
}

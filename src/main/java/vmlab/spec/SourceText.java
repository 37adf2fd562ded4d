package vmlab.spec;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/** The text of a file, or the reason why there is none. What can be read only once is refused: commands read it again. */
final class SourceText {

    /** Far more than a person writes; keeps a wrong file name from filling the memory. */
    private static final int MAX_BYTES = 1 << 20;

    /** That of UTF-8, as ISO 8859-1 has it. */
    private static final String BYTE_ORDER_MARK = "\u00EF\u00BB\u00BF";

    private static final String SAVE =
            "save the text as a file: it is read several times, and paths in it start at its folder";

    private SourceText() {}

    static Optional<String> read(Path file, Problems problems) {
        return bytes(file, problems).flatMap(bytes -> decode(file, bytes, problems));
    }

    /** The same of a file that need not be text at all, where no more than ASCII is looked for: other bytes are any character. */
    static String lenient(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new NoSuchFileException(file.toString());
        }
        try (var in = Files.newInputStream(file)) {
            var text = new String(in.readNBytes(MAX_BYTES), StandardCharsets.ISO_8859_1);
            return text.startsWith(BYTE_ORDER_MARK) ? text.substring(BYTE_ORDER_MARK.length()) : text;
        }
    }

    private static Optional<byte[]> bytes(Path file, Problems problems) {
        if (Files.isDirectory(file)) {
            return refuse(problems, Place.whole(file), "is a folder", "give the YAML file in it");
        }
        if (file.toString().equals("-")) {
            return refuse(problems, Place.whole(file), "is no file: nothing is read from stdin", SAVE);
        }
        if (Files.isSymbolicLink(file) && !Files.exists(file)) {
            return refuse(problems, Place.whole(file), "is a link that leads nowhere", "see where: readlink " + file);
        }
        if (!Files.exists(file)) {
            return refuse(problems, Place.whole(file), "no such file", Suggestion.forMissing(file));
        }
        if (!Files.isRegularFile(file)) {
            return refuse(problems, Place.whole(file), "is a pipe or a device", SAVE);
        }
        try (var in = Files.newInputStream(file)) {
            var bytes = in.readNBytes(MAX_BYTES + 1);
            return bytes.length <= MAX_BYTES
                    ? Optional.of(bytes)
                    : refuse(problems, Place.whole(file), "is larger than 1 MiB", "give a cluster or a recipe");
        } catch (AccessDeniedException e) {
            return refuse(problems, Place.whole(file), "may not be read", "make it readable: chmod u+r " + file);
        } catch (IOException e) {
            return refuse(problems, Place.whole(file), "can't be read: " + e.getMessage(), "");
        }
    }

    private static Optional<String> decode(Path file, byte[] bytes, Problems problems) {
        if (isUtf16(bytes)) {
            return refuse(problems, Place.whole(file), "is UTF-16", "save the file as UTF-8");
        }
        var in = ByteBuffer.wrap(bytes);
        var out = CharBuffer.allocate(bytes.length);
        if (StandardCharsets.UTF_8.newDecoder().decode(in, out, true).isError()) {
            var before = out.flip().toString();
            var lastBreak = before.lastIndexOf('\n');
            var line = (int) before.chars().filter(c -> c == '\n').count() + 1;
            var found = "byte 0x%02X is not UTF-8".formatted(bytes[in.position()]);
            return refuse(
                    problems, new Place(file, line, before.length() - lastBreak), found, "save the file as UTF-8");
        }
        var text = out.flip().toString();
        return Optional.of(text.startsWith("\uFEFF") ? text.substring(1) : text);
    }

    /** By its byte order mark; without one, by the zero bytes that ASCII has in it. */
    private static boolean isUtf16(byte[] bytes) {
        if (bytes.length < 2) {
            return false;
        }
        var first = (bytes[0] & 0xFF) << 8 | bytes[1] & 0xFF;
        return first == 0xFEFF || first == 0xFFFE || bytes[0] == 0 ^ bytes[1] == 0;
    }

    private static <T> Optional<T> refuse(Problems problems, Place at, String what, String valid) {
        problems.add(at, "", what, valid);
        return Optional.empty();
    }
}

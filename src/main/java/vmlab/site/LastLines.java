package vmlab.site;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Collectors;

/** The end of a log: what one looks at first when something went wrong. */
public final class LastLines {

    private static final int MOST_BYTES = 64 * 1024;

    private LastLines() {}

    /** The last {@code count} lines that are not blank, or a word that there are none. */
    public static String of(Path log, int count) {
        List<String> lines = tail(log)
                .lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .toList();
        return lines.isEmpty()
                ? log.getFileName() + " is empty"
                : String.join("\n", lines.subList(Math.max(0, lines.size() - count), lines.size()));
    }

    /** The last 64 KiB of a log as text without terminal control sequences; empty where there is none. */
    public static String tail(Path log) {
        if (!Files.exists(log)) {
            return "";
        }
        try (RandomAccessFile file = new RandomAccessFile(log.toFile(), "r")) {
            byte[] end = new byte[(int) Math.min(MOST_BYTES, file.length())];
            file.seek(file.length() - end.length);
            file.readFully(end);
            return new String(end, StandardCharsets.UTF_8)
                    .replaceAll("\u001b(\\[[0-9;?]*[A-Za-z]|c)|\r|[\\p{Cntrl}&&[^\n]]", "");
        } catch (IOException error) {
            return "";
        }
    }

    /** What QEMU wrote, out of the log that libvirt keeps of it: without the command line, a page of options for each start. */
    public static String ofQemu(Path log) {
        return tail(log)
                .lines()
                .filter(line -> !line.startsWith("-") && !line.endsWith("\\"))
                .collect(Collectors.joining("\n"));
    }

    /** Gives a log another name, {@code cp.serial.before.log}, so that the next writer begins anew; what was put aside earlier goes. */
    public static void putAside(Path log) {
        try {
            if (Files.exists(log)) {
                String name = log.getFileName().toString().replaceAll("\\.log$", ".before.log");
                Files.move(log, log.resolveSibling(name), StandardCopyOption.REPLACE_EXISTING);
            }
        } catch (IOException error) {
            throw new UncheckedIOException(error);
        }
    }
}

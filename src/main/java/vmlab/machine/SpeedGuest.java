package vmlab.machine;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;
import vmlab.run.Environment;

/**
 * A guest of 288 bytes in the place of the firmware, that does under emulation what guests do, always the same: computes, calls, reads and
 * writes memory through page tables, has these looked up anew, asks a device. It times itself by the processor's own counter, so neither
 * QEMU's start nor a machine that has other things to do counts: of many short rounds the shortest is it.
 */
final class SpeedGuest {

    /** Its machine code and what that means; part of what a measurement is one of. */
    private static final String LISTING = "speed-guest.txt";

    private static final int ROM = 64 * 1024;

    /** Where the processor begins, counted from the ROM's start, and the jump from there: {@code ljmp $0xF000,$0}. */
    private static final int RESET = 0xFFF0;

    private static final byte[] JUMP = {(byte) 0xEA, 0, 0, 0, (byte) 0xF0};

    private static final Duration LIMIT = Duration.ofSeconds(10);

    private SpeedGuest() {}

    /** How long its shortest round took; half a second in all on an ordinary machine. */
    static Duration shortestRound() throws IOException, InterruptedException {
        Path rom = Files.createTempFile("lab-speed", ".rom");
        try {
            Files.write(rom, rom());
            Process qemu = Environment.process(List.of(
                            "qemu-system-x86_64",
                            "-accel",
                            "tcg",
                            "-machine",
                            "pc",
                            "-cpu",
                            "max",
                            "-m",
                            "16",
                            "-display",
                            "none",
                            "-nodefaults",
                            "-no-user-config",
                            "-bios",
                            rom.toString(),
                            "-chardev",
                            "stdio,id=out",
                            "-device",
                            "isa-debugcon,iobase=0xe9,chardev=out",
                            "-device",
                            "isa-debug-exit,iobase=0xf4,iosize=0x04"))
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            // One that hangs ends with its output.
            Thread watchdog = Thread.startVirtualThread(() -> endOverdue(qemu));
            try (DataInputStream said = new DataInputStream(qemu.getInputStream())) {
                return shortestRound(said);
            } catch (EOFException silent) {
                throw new IOException("QEMU ran no guest under emulation, or not within " + LIMIT.toSeconds() + " s");
            } finally {
                qemu.destroyForcibly();
                watchdog.interrupt();
            }
        } finally {
            Files.deleteIfExists(rom);
        }
    }

    /** {@code S}, then {@code E}, then in ticks of the processor's counter how long it was between them, and its shortest round. */
    private static Duration shortestRound(DataInputStream said) throws IOException {
        said.readByte();
        long start = System.nanoTime();
        said.readByte();
        long nanos = System.nanoTime() - start;
        ByteBuffer ticks = ByteBuffer.wrap(said.readNBytes(12)).order(ByteOrder.LITTLE_ENDIAN);
        if (ticks.limit() < 12) {
            throw new EOFException();
        }
        double nanosPerTick = (double) nanos / ticks.getLong();
        return Duration.ofNanos(Math.round(Integer.toUnsignedLong(ticks.getInt()) * nanosPerTick));
    }

    private static void endOverdue(Process qemu) {
        try {
            if (!qemu.waitFor(LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
                qemu.destroyForcibly();
            }
        } catch (InterruptedException itEnded) {
            return;
        }
    }

    private static byte[] rom() {
        ByteBuffer rom = ByteBuffer.allocate(ROM);
        rom.put(code());
        rom.put(RESET, JUMP);
        return rom.array();
    }

    /** The bytes of the listing, which stand before the bar of each line. */
    static byte[] code() {
        var bytes = new ByteArrayOutputStream();
        try (InputStream listing = SpeedGuest.class.getResourceAsStream(LISTING)) {
            new String(listing.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .map(line -> line.substring(0, line.indexOf('|')).replace(" ", ""))
                    .forEach(hex -> bytes.writeBytes(HexFormat.of().parseHex(hex)));
        } catch (IOException error) {
            throw new UncheckedIOException(error);
        }
        return bytes.toByteArray();
    }
}

package vmlab.net;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * Packets as pcapng (draft-ietf-opsawg-pcapng), which says what was captured where, out of the older format that tcpdump writes. Each packet
 * is passed on as it comes.
 */
public final class PcapNg {

    private static final int SECTION = 0x0A0D0D0A;
    private static final int INTERFACE = 1;
    private static final int PACKET = 6;
    private static final int OPTION_NAME = 2;
    private static final int BYTE_ORDER = 0x1A2B3C4D;
    private static final int MICROSECONDS = 0xA1B2C3D4;
    private static final int OLD_HEADER = 24;
    private static final int OLD_PACKET = 16;
    private static final int MOST = 1 << 20;

    private final OutputStream out;

    private PcapNg(OutputStream out) {
        this.out = out;
    }

    /**
     * Copies until {@code pcap} ends, on a machine of little-endian words.
     *
     * @param card what the interface is called
     * @return how many packets it was
     */
    public static long copy(InputStream pcap, OutputStream out, String card) throws IOException {
        DataInputStream in = new DataInputStream(pcap);
        ByteBuffer header = words(OLD_HEADER);
        if (in.readNBytes(header.array(), 0, OLD_HEADER) < OLD_HEADER || header.getInt(0) != MICROSECONDS) {
            return 0;
        }
        PcapNg written = new PcapNg(out);
        written.section();
        written.card(card, header.getInt(20), header.getInt(16));
        long count = 0;
        ByteBuffer packet = words(OLD_PACKET);
        while (in.readNBytes(packet.array(), 0, OLD_PACKET) == OLD_PACKET) {
            int length = packet.getInt(8);
            if (length < 0 || length > MOST) {
                throw new IOException("a packet of " + length + " bytes");
            }
            byte[] bytes = in.readNBytes(length);
            if (bytes.length < length) {
                throw new EOFException("the last packet is cut off");
            }
            written.packet(packet, bytes);
            count++;
        }
        return count;
    }

    private void section() throws IOException {
        block(
                SECTION,
                words(16)
                        .putInt(BYTE_ORDER)
                        .putShort((short) 1)
                        .putShort((short) 0)
                        .putLong(-1));
    }

    private void card(String name, int linkType, int snapLength) throws IOException {
        byte[] text = name.getBytes(StandardCharsets.UTF_8);
        block(
                INTERFACE,
                words(16 + padded(text.length))
                        .putShort((short) linkType)
                        .putShort((short) 0)
                        .putInt(snapLength)
                        .putShort((short) OPTION_NAME)
                        .putShort((short) text.length)
                        .put(text));
    }

    private void packet(ByteBuffer old, byte[] bytes) throws IOException {
        long micros = Integer.toUnsignedLong(old.getInt(0)) * 1_000_000 + Integer.toUnsignedLong(old.getInt(4));
        block(
                PACKET,
                words(20 + padded(bytes.length))
                        .putInt(0)
                        .putInt((int) (micros >>> 32))
                        .putInt((int) micros)
                        .putInt(bytes.length)
                        .putInt(old.getInt(12))
                        .put(bytes));
        out.flush();
    }

    private void block(int type, ByteBuffer body) throws IOException {
        int length = 12 + body.capacity();
        out.write(words(length)
                .putInt(type)
                .putInt(length)
                .put(body.array())
                .putInt(length)
                .array());
    }

    private static ByteBuffer words(int bytes) {
        return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static int padded(int length) {
        return (length + 3) / 4 * 4;
    }
}

package vmlab.libvirt;

import java.io.ByteArrayOutputStream;
import org.libvirt.Domain;
import org.libvirt.LibvirtException;
import org.libvirt.Stream;

/** What a machine's display shows, as a PNG: libvirt has QEMU draw one since 9.0. */
final class Screenshot {

    private static final int FIRST_SCREEN = 0;

    private Screenshot() {}

    /** The picture, which comes through {@code stream}. */
    static byte[] of(Domain domain, Stream stream) throws LibvirtException {
        try {
            domain.screenshot(stream, FIRST_SCREEN);
            return rest(stream);
        } finally {
            stream.free();
        }
    }

    private static byte[] rest(Stream stream) throws LibvirtException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        byte[] part = new byte[64 * 1024];
        int length = stream.receive(part);
        while (length > 0) {
            bytes.write(part, 0, length);
            length = stream.receive(part);
        }
        stream.finish();
        return bytes.toByteArray();
    }
}

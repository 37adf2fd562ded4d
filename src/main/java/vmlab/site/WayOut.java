package vmlab.site;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The way out of the embedded host, as those inside see it: pasta's network device, which is there as long as pasta runs.
 * {@code scripts/way-out.bash} starts pasta, again whenever it ends, and says why it can't.
 *
 * @param folder the embedded host's
 */
public record WayOut(Path folder) {

    private static final String DEVICE = "way-out";

    /** What the reason begins with where the machine itself is connected to nothing: that may change at any time. */
    private static final String OFFLINE = "offline: ";

    /** That of the embedded host whose labs are in {@code home}. */
    public static WayOut of(Path home) {
        return new WayOut(home.resolve("host"));
    }

    /** Whether anybody holds one open: a host that an older lab started has none. */
    public boolean isHeld() {
        return Files.exists(folder.resolve("way-out"));
    }

    /** Whether nodes get out. */
    public boolean isOpen() {
        try {
            return NetworkInterface.getByName(DEVICE) != null;
        } catch (SocketException error) {
            throw new UncheckedIOException("the network interfaces cannot be listed", error);
        }
    }

    /** What pasta said last. */
    public Path log() {
        return folder.resolve("way-out.log");
    }

    /** Why nobody gets out; empty while pasta only starts. */
    public Optional<String> whyClosed() {
        try {
            return Optional.of(Files.readString(folder.resolve("way-out.why")).strip());
        } catch (NoSuchFileException none) {
            return Optional.empty();
        } catch (IOException error) {
            throw new UncheckedIOException(error);
        }
    }

    /** Whether that reason is the machine's own state, not a lack of something. */
    public static boolean isOffline(String why) {
        return why.startsWith(OFFLINE);
    }
}

package vmlab.registry;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;

/** Addresses that a registry names. */
final class WebAddress {

    private WebAddress() {}

    /** The address, or a part of one; empty where it is none. */
    static Optional<URI> of(String text) {
        try {
            return Optional.of(new URI(text));
        } catch (URISyntaxException none) {
            return Optional.empty();
        }
    }

    /** Whether it says all that an HTTP client has to know. */
    static boolean isOne(URI url) {
        return String.valueOf(url.getScheme()).matches("https?") && url.getHost() != null;
    }
}

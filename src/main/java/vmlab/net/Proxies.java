package vmlab.net;

import java.io.IOException;
import java.net.Authenticator;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.PasswordAuthentication;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The proxies that {@code https_proxy} and its like name, in lower or upper case, as curl, git, Go and apt understand them. */
public final class Proxies extends ProxySelector {

    private static final int LAST_PORT = 65535;

    private final Map<String, String> environment;

    /** Those of an environment. */
    public Proxies(Map<String, String> environment) {
        this.environment = Map.copyOf(environment);
    }

    /**
     * What is asked instead of {@code target}; empty where that is asked itself. An address without a scheme is one of http.
     *
     * @throws IllegalArgumentException when what is set is none; {@link #whyUnusable} tells beforehand
     */
    public Optional<URI> of(URI target) {
        return set(target).map(proxy -> address(proxy)
                .orElseThrow(
                        () -> new IllegalArgumentException(whyUnusable(target).orElseThrow())));
    }

    /** Why {@code target} can't be asked: a proxy is set for it that is none. Empty where it is one, or there is none. */
    public Optional<String> whyUnusable(URI target) {
        return set(target)
                .filter(proxy -> address(proxy).isEmpty())
                .map(
                        proxy -> "what " + scheme(target)
                                + "_proxy or all_proxy names is no address of a proxy of plain HTTP, the only kind understood here");
    }

    private Optional<String> set(URI target) {
        return variable(scheme(target) + "_proxy")
                .or(() -> variable("all_proxy"))
                .filter(proxy -> !isExcepted(target, scheme(target).equals("https") ? 443 : 80));
    }

    private static String scheme(URI target) {
        return target.getScheme().toLowerCase(Locale.ROOT);
    }

    private static Optional<URI> address(String proxy) {
        try {
            return Optional.of(new URI(proxy.contains("://") ? proxy : "http://" + proxy))
                    .filter(url -> scheme(url).equals("http") && url.getHost() != null && url.getPort() <= LAST_PORT);
        } catch (URISyntaxException none) {
            return Optional.empty();
        }
    }

    private Optional<String> variable(String name) {
        return Stream.of(name, name.toUpperCase(Locale.ROOT))
                .map(each -> environment.getOrDefault(each, "").strip())
                .filter(value -> !value.isEmpty())
                .findFirst();
    }

    private boolean isExcepted(URI target, int usualPort) {
        String host = target.getHost().toLowerCase(Locale.ROOT);
        int port = target.getPort() < 0 ? usualPort : target.getPort();
        return host.equals("localhost")
                || literal(host).filter(InetAddress::isLoopbackAddress).isPresent()
                || Stream.of(variable("no_proxy").orElse("").split("[,\\s]+"))
                        .map(entry -> entry.toLowerCase(Locale.ROOT))
                        .anyMatch(entry -> excepts(entry, host, port));
    }

    private static boolean excepts(String entry, String host, int port) {
        String name = entry.replaceFirst("^\\*?\\.", "").replaceFirst("(?<=[^:]):" + port + "$", "");
        return entry.equals("*")
                || !name.isEmpty() && (host.equals(name) || host.endsWith("." + name))
                || isWithin(entry, host);
    }

    /** Whether an address is in a network like {@code 10.0.0.0/8}. */
    private static boolean isWithin(String network, String host) {
        String[] parts = network.split("/", 2);
        Optional<byte[]> base = literal(parts[0]).map(InetAddress::getAddress);
        Optional<byte[]> address = literal(host).map(InetAddress::getAddress);
        if (parts.length < 2 || !parts[1].matches("[0-9]{1,3}") || base.isEmpty() || address.isEmpty()) {
            return false;
        }
        int prefix = Integer.parseInt(parts[1]);
        if (base.get().length != address.get().length || prefix > 8 * base.get().length) {
            return false;
        }
        for (int bit = 0; bit < prefix; bit++) {
            if (((base.get()[bit / 8] ^ address.get()[bit / 8]) >> 7 - bit % 8 & 1) != 0) {
                return false;
            }
        }
        return true;
    }

    private static Optional<InetAddress> literal(String host) {
        try {
            return Optional.of(InetAddress.ofLiteral(host));
        } catch (IllegalArgumentException name) {
            return Optional.empty();
        }
    }

    @Override
    public List<Proxy> select(URI target) {
        return List.of(of(target)
                .map(proxy -> new Proxy(
                        Proxy.Type.HTTP,
                        new InetSocketAddress(proxy.getHost(), proxy.getPort() < 0 ? 80 : proxy.getPort())))
                .orElse(Proxy.NO_PROXY));
    }

    @Override
    public void connectFailed(URI target, SocketAddress proxy, IOException why) {
        // Whoever asked says so.
    }

    /** Shows a proxy the name and password of its own address. */
    public Authenticator authenticator() {
        return new Authenticator() {
            @Override
            protected PasswordAuthentication getPasswordAuthentication() {
                return getRequestorType() != RequestorType.PROXY
                        ? null
                        : Stream.of("http_proxy", "https_proxy", "all_proxy")
                                .flatMap(name -> variable(name).stream())
                                .flatMap(proxy -> address(proxy).stream())
                                .filter(proxy -> getRequestingHost().equals(proxy.getHost()))
                                .flatMap(proxy -> Optional.ofNullable(proxy.getRawUserInfo()).stream())
                                .map(Proxies::credentials)
                                .findFirst()
                                .orElse(null);
            }
        };
    }

    private static PasswordAuthentication credentials(String raw) {
        String[] words = (raw + ":").replace("+", "%2B").split(":", 3);
        return new PasswordAuthentication(
                URLDecoder.decode(words[0], StandardCharsets.UTF_8),
                URLDecoder.decode(words[1], StandardCharsets.UTF_8).toCharArray());
    }
}

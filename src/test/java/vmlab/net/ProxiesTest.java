package vmlab.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.Authenticator;
import java.net.Proxy;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProxiesTest {

    private static String way(Map<String, String> environment, String target) {
        return new Proxies(environment)
                .of(URI.create(target))
                .map(URI::toString)
                .orElse("direct");
    }

    @Test
    void eachSchemeHasItsOwnInLowerOrUpperCase() {
        assertThat(way(Map.of("https_proxy", "http://p:3128"), "https://k0s.example/x"))
                .isEqualTo("http://p:3128");
        assertThat(way(Map.of("HTTPS_PROXY", "p:3128"), "https://k0s.example/x"))
                .isEqualTo("http://p:3128");
        assertThat(way(Map.of("http_proxy", "http://p"), "https://k0s.example/x"))
                .isEqualTo("direct");
        assertThat(way(Map.of("ALL_PROXY", "http://p"), "https://k0s.example/x"))
                .isEqualTo("http://p");
        assertThat(way(Map.of("https_proxy", "", "HTTPS_PROXY", "http://q"), "https://k0s.example/x"))
                .isEqualTo("http://q");
    }

    @Test
    void whatNoProxyNamesAndThisMachineItselfAreAskedDirectly() {
        for (String except :
                List.of("*", "example", ".example", "*.example", "a, k0s.example", "k0s.example:443", "K0S.EXAMPLE")) {
            assertThat(way(Map.of("https_proxy", "p:1", "NO_PROXY", except), "https://k0s.example/x"))
                    .as(except)
                    .isEqualTo("direct");
        }
        for (String other : List.of("ample", "x.k0s.example", "k0s.example:80", "10.0.0.0/8")) {
            assertThat(way(Map.of("https_proxy", "p:1", "no_proxy", other), "https://k0s.example/x"))
                    .as(other)
                    .isEqualTo("http://p:1");
        }
        assertThat(way(Map.of("http_proxy", "p:1", "no_proxy", "10.0.0.0/8"), "http://10.1.2.3/"))
                .isEqualTo("direct");
        assertThat(way(Map.of("http_proxy", "p:1"), "http://127.0.0.1:80/")).isEqualTo("direct");
    }

    @Test
    void javaIsToldHostAndPort() {
        Proxy proxy = new Proxies(Map.of("https_proxy", "http://me:word@127.0.0.1:3128"))
                .select(URI.create("https://k0s.example/"))
                .getFirst();

        assertThat(proxy.address()).hasToString("/127.0.0.1:3128");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://p:1",
                "socks5://p:1",
                "http://me:my@word@p:1",
                "http://[::1",
                "http://",
                "http://:80",
                "http://p q:1",
                "p:99999",
                ":::"
            })
    void whatIsNoProxyIsToldAndHurtsNobodyElse(String wrong) {
        Proxies proxies = new Proxies(Map.of("https_proxy", wrong, "http_proxy", "http://me:word@p:1"));

        assertThat(proxies.whyUnusable(URI.create("https://k0s.example/")))
                .hasValueSatisfying(
                        why -> assertThat(why).contains("https_proxy").doesNotContain("word"));
        assertThat(proxies.whyUnusable(URI.create("http://k0s.example/"))).isEmpty();
        assertThat(proxies.whyUnusable(URI.create("https://127.0.0.1/"))).isEmpty();
        assertThat(proxies.authenticator()
                        .requestPasswordAuthenticationInstance(
                                "p", null, 1, "http", "", "basic", null, Authenticator.RequestorType.PROXY)
                        .getUserName())
                .isEqualTo("me");
    }
}

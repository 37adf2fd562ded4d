package vmlab.spec;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A further place where an image's packages come from.
 *
 * <pre>{@code
 * sources:
 *   - {suite: trixie-backports}                       # apt: another suite of the distribution's own archive
 *   - {url: https://example.org/debian, suite: stable, components: [main], key: example.asc}
 *   - {url: file:///srv/rpm, trusted: true}           # dnf, apk: a repository; trusted: its signature is not asked for
 * }</pre>
 *
 * @param url where it is; empty: the distribution's own archive
 * @param suite apt's; empty where the base knows none
 * @param components apt's; empty means main
 * @param key the file with the key that signs it, absolute; empty: the distribution's own keys
 * @param trusted whether it is believed without a signature
 */
public record PackageSource(
        Optional<String> url, String suite, List<String> components, Optional<Path> key, boolean trusted) {

    /** Copies its list. */
    public PackageSource {
        components = List.copyOf(components);
    }
}

package vmlab.spec;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Where the k0s of an image comes from. */
public sealed interface K0sSource {

    /**
     * A release, downloaded once and verified: {@code k0s: {version: v1.36.3+k0s.2}}.
     *
     * @param version as the release is called
     * @param sha256 of the binary, 64 hexadecimal digits in lower case; empty: the published one
     */
    record Release(String version, Optional<String> sha256) implements K0sSource {}

    /**
     * A binary that is there already: {@code k0s: {file: ./k0s, sha256: …, images: [bundle.tar]}}.
     *
     * @param file absolute
     * @param sha256 checked before use when given
     * @param images archives for {@code /var/lib/k0s/images}, absolute
     */
    record LocalFile(Path file, Optional<String> sha256, List<Path> images) implements K0sSource {
        /** Copies its list. */
        public LocalFile {
            images = List.copyOf(images);
        }
    }

    /**
     * Whatever a script builds: {@code k0s: {build: k0s-standin/build.sh}}.
     *
     * @param script absolute
     */
    record Built(Path script) implements K0sSource {}
}

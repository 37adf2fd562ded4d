package vmlab;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vmlab.machine.Needs;

/** What other distributions make of scripts/dist's tarball, and what stands in it. */
@Tag("long")
class PackagingIT {

    @TempDir
    private static Path folder;

    private static String said(String script) throws IOException, InterruptedException {
        return DistIT.said(Path.of(""), script, folder.toString());
    }

    @BeforeAll
    static void pack() throws IOException, InterruptedException {
        said("scripts/dist \"$1/dist\"");
    }

    @Test
    void fedoraHasAPackageInWhichItsLinterFindsNothing() throws IOException, InterruptedException {
        Needs.programs("rpmbuild", "rpmlint");

        said("rpmbuild -bb --quiet --define \"_topdir $1/rpm\" --define \"_sourcedir $1/dist\" packaging/lab.spec");

        assertThat(said("rpm -qpl \"$1\"/rpm/RPMS/*/*.rpm").lines())
                .contains(
                        "/usr/bin/lab",
                        "/usr/lib/lab/runtime/bin/java",
                        "/usr/lib/lab/target/lab.jsa",
                        "/usr/share/man/man1/lab-up.1.gz",
                        "/usr/share/zsh/site-functions/_lab",
                        "/usr/share/fish/vendor_completions.d/lab.fish",
                        "/usr/share/bash-completion/completions/lab");
        assertThat(said("rpmlint -r packaging/lab.rpmlintrc packaging/lab.spec \"$1\"/rpm/RPMS/*/*.rpm"))
                .contains(" 0 errors, 0 warnings");
    }

    @Test
    void archHasAPackage() throws IOException, InterruptedException {
        Needs.programs("makepkg", "bsdtar", "fakeroot");

        // makepkg refuses root.
        String list = said("""
                mkdir "$1/arch"
                cp packaging/{PKGBUILD,lab.install} "$1"/dist/*.tar.gz "$1/arch/"
                as=()
                if ((!EUID)); then
                    chmod 711 "$1"
                    chown -R nobody "$1/arch"
                    as=(setpriv --reuid=nobody --regid=nogroup --clear-groups)
                fi
                cd "$1/arch"
                "${as[@]}" env HOME="$1/arch" PACMAN=true PKGEXT=.pkg.tar makepkg --nodeps >said 2>&1 || { cat said; exit 1; }
                tar -tf *.pkg.tar
                """);

        assertThat(list.lines())
                .contains(
                        ".INSTALL",
                        "usr/bin/lab",
                        "usr/lib/lab/runtime/bin/java",
                        "usr/share/man/man1/lab-up.1.gz",
                        "usr/share/fish/vendor_completions.d/lab.fish");
    }

    /** The list of what is linked is complete, and docs/dependencies.md names every licence in it. */
    @Test
    void theTarballListsWhatItLinksWithLicencesThatAreDocumented() throws IOException, InterruptedException {
        said("mkdir \"$1/tar\" && tar -xf \"$1\"/dist/*.tar.gz -C \"$1/tar\" --strip-components 1");
        JsonNode components = new JsonMapper()
                .readTree(folder.resolve("tar/lab.cdx.json").toFile())
                .get("components");
        Set<String> listed = new TreeSet<>();
        String documented = Files.readString(Path.of("docs/dependencies.md"));
        for (JsonNode component : components) {
            listed.add(component.get("name").asText() + "-"
                    + component.get("version").asText() + ".jar");
            List<String> licences = Stream.concat(
                            component.path("licenses").findValuesAsText("id").stream(),
                            component.path("licenses").findValuesAsText("name").stream())
                    .toList();
            assertThat(licences).as(component.get("name").asText()).isNotEmpty().allMatch(documented::contains);
        }
        try (Stream<Path> jars = Files.list(folder.resolve("tar/target/lib"))) {
            assertThat(jars.map(jar -> jar.getFileName().toString())).containsExactlyInAnyOrderElementsOf(listed);
        }
        assertThat(folder.resolve("tar/runtime/legal")).isDirectory();
    }
}

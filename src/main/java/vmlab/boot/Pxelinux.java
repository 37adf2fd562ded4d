package vmlab.boot;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import vmlab.plan.LabFolder;
import vmlab.run.AtomicFile;
import vmlab.run.AtomicFile.Readers;
import vmlab.run.LabFailure;
import vmlab.run.OpenFolder;
import vmlab.spec.BootMode;

/**
 * What nodes with {@code boot: tftp} fetch before a kernel of theirs runs: PXELINUX, a page of configuration for each, its kernel and
 * initrd. The lab's dnsmasq hands it out. The initrd then pulls the squashfs over HTTP as ever: that is the operating system, no firmware.
 */
public final class Pxelinux {

    /** The part that PXELINUX loads by itself, wherever it came from. */
    private static final String CORE = "ldlinux.c32";

    private static final List<Path> LOADERS = List.of(
            Path.of("/usr/lib/PXELINUX/pxelinux.0"),
            Path.of("/usr/share/syslinux/pxelinux.0"),
            Path.of("/usr/lib/syslinux/bios/pxelinux.0"));

    private static final List<Path> CORES = List.of(
            Path.of("/usr/lib/syslinux/modules/bios", CORE),
            Path.of("/usr/share/syslinux", CORE),
            Path.of("/usr/lib/syslinux/bios", CORE));

    private final Path loader;
    private final Path core;

    private Pxelinux(Path loader, Path core) {
        this.loader = loader;
        this.core = core;
    }

    /** The one that this machine has installed; a {@link LabFailure} where there is none. */
    public static Pxelinux installed() {
        return of(LOADERS, CORES);
    }

    static Pxelinux of(List<Path> loaders, List<Path> cores) {
        return new Pxelinux(first(loaders, "pxelinux"), first(cores, "syslinux-common"));
    }

    private static Path first(List<Path> places, String debianPackage) {
        return places.stream()
                .filter(Files::isRegularFile)
                .findFirst()
                .orElseThrow(() -> LabFailure.machine(
                        "boot: tftp needs PXELINUX, which is not installed",
                        "there is no " + places.getFirst(),
                        "scripts/setup installs it: the package " + debianPackage
                                + " on Debian and Ubuntu, syslinux-nonlinux on Fedora, syslinux on Arch"));
    }

    /** Puts into {@code root} what the nodes of {@code config} fetch by TFTP now; whoever may enter it may read that. */
    public void serve(BootConfig config, Path root) {
        try {
            Path pages = OpenFolder.make(root.resolve("pxelinux.cfg"));
            AtomicFile.write(root.resolve(LabFolder.TFTP_LOADER), Files.readAllBytes(loader), Readers.ALL);
            AtomicFile.write(root.resolve(CORE), Files.readAllBytes(core), Readers.ALL);
            for (BootConfig.Client client : config.clients()) {
                if (client.boot().equals(BootMode.TFTP.toString())) {
                    copy(Path.of(client.image()), root);
                    AtomicFile.write(pages.resolve(name(client)), page(client, config.address()));
                }
            }
        } catch (IOException error) {
            throw new UncheckedIOException(error);
        }
    }

    /** By its MAC address, after the number of Ethernet among hardware types. */
    private static String name(BootConfig.Client client) {
        return "01-" + client.mac().toLowerCase(java.util.Locale.ROOT).replace(':', '-');
    }

    /** No links: who serves it may not be let in where they lead. */
    private static void copy(Path image, Path root) throws IOException {
        Path folder = OpenFolder.make(root.resolve(ImageUrl.shortName(image)));
        for (String file : List.of(ImageUrl.KERNEL, ImageUrl.INITRD)) {
            AtomicFile.write(folder.resolve(file), Files.readAllBytes(image.resolve(file)), Readers.ALL);
        }
    }

    /** PXELINUX takes {@code initrd=} of a kernel line for the file to load, so the line names the file. */
    static String page(BootConfig.Client client, String address) {
        String image = ImageUrl.shortName(Path.of(client.image()));
        return """
                DEFAULT lab
                PROMPT 0
                SAY lab: %s boots from tftp://%s
                LABEL lab
                KERNEL %s/%s
                APPEND initrd=%3$s/%s %s
                """.formatted(
                        client.node(),
                        address,
                        image,
                        ImageUrl.KERNEL,
                        ImageUrl.INITRD,
                        client.kernelLine().replaceFirst("(^| )initrd=\\S+ ?", "$1"));
    }
}

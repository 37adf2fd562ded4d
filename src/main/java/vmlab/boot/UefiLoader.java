package vmlab.boot;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import vmlab.plan.LabFolder;
import vmlab.run.AtomicFile;
import vmlab.run.AtomicFile.Readers;

/** iPXE as a program for UEFI, for firmware whose card brings none that it takes: it then fetches over HTTP as ever. */
record UefiLoader(Path file) {

    /** Debian's, Fedora's and Arch's; the ones that use the card through the firmware, which has a driver for it. */
    private static final List<Path> PLACES = List.of(
            Path.of("/usr/lib/ipxe/snponly.efi"),
            Path.of("/usr/share/ipxe/ipxe-snponly-x86_64.efi"),
            Path.of("/usr/share/ipxe/x86_64/snponly.efi"));

    /** The one that this machine has installed; without one, only cards with an iPXE of their own boot by UEFI. */
    static Optional<UefiLoader> installed() {
        return PLACES.stream().filter(Files::isRegularFile).findFirst().map(UefiLoader::new);
    }

    void serve(Path root) throws IOException {
        AtomicFile.write(root.resolve(LabFolder.UEFI_LOADER), Files.readAllBytes(file), Readers.ALL);
    }
}

package vmlab.boot;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Optional;
import vmlab.run.OpenFolder;
import vmlab.spec.BootMode;

/** What firmware fetches over TFTP, by how the nodes of a lab boot. */
public final class TftpFiles {

    private TftpFiles() {}

    /** Puts it into {@code root}; nothing where no firmware asks for any. */
    public static void serve(BootConfig config, Path root) {
        serve(config, root, UefiLoader.installed());
    }

    static void serve(BootConfig config, Path root, Optional<UefiLoader> loader) {
        if (config.boots(BootMode.TFTP)) {
            Pxelinux.installed().serve(config, root);
        }
        if (config.boots(BootMode.UEFI_PXE)) {
            try {
                // dnsmasq does not start without the folder, be there a loader or not.
                Path folder = OpenFolder.make(root);
                if (loader.isPresent()) {
                    loader.get().serve(folder);
                }
            } catch (IOException error) {
                throw new UncheckedIOException(error);
            }
        }
    }
}

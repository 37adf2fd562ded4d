package vmlab.boot;

import java.nio.file.Path;

/** The scripts that a node's firmware runs. */
final class IpxeScript {

    private IpxeScript() {}

    /** The first script, the same for all: it asks for the one of its own MAC address. */
    static String first(String url) {
        return """
                #!ipxe
                chain %s/node/${mac:hexhyp}.ipxe || goto failed
                :failed
                echo lab: this machine is not in the lab, or its boot server is gone
                sleep 5
                reboot
                """.formatted(url);
    }

    /** A node's script: kernel and initrd over HTTP, then go. */
    static String node(BootConfig.Client client, String url) {
        ImageUrl image = new ImageUrl(url, Path.of(client.image()));
        return """
                #!ipxe
                echo lab: %s boots from %s
                kernel %s %s || goto failed
                initrd --name initrd %s || goto failed
                boot
                :failed
                echo lab: iPXE could not load or start the kernel; its reason is in the line above
                sleep 5
                reboot
                """.formatted(client.node(), url, image.kernel(), client.kernelLine(), image.initrd());
    }
}

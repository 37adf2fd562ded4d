package vmlab.engine;

import java.util.ArrayList;
import java.util.List;
import vmlab.plan.LabFolder;
import vmlab.plan.Plan;
import vmlab.spec.BootMode;

/** What a lab's dnsmasq tells firmware to load where that is not the boot server's script, which only iPXE can fetch. */
public final class DhcpBoot {

    private DhcpBoot() {}

    /** Lines of dnsmasq's configuration; the nodes that boot by TFTP have the tag {@code tftp}. */
    public static List<String> options(Plan plan) {
        List<String> options = new ArrayList<>();
        if (plan.boots(BootMode.TFTP)) {
            options.add("dhcp-boot=tag:tftp," + LabFolder.TFTP_LOADER);
        }
        if (plan.boots(BootMode.UEFI_PXE)) {
            // Firmware's own PXE says which processor it is for (RFC 4578), and lacks iPXE's option. It runs where the
            // card brings no iPXE that UEFI takes, as Debian 13's do.
            options.add("dhcp-match=set:ipxe,175");
            options.add("dhcp-match=set:efi,option:client-arch,7");
            options.add("dhcp-match=set:efi,option:client-arch,9");
            options.add("dhcp-boot=tag:efi,tag:!ipxe," + LabFolder.UEFI_LOADER);
        }
        return options;
    }
}

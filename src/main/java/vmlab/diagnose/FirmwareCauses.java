package vmlab.diagnose;

import static vmlab.diagnose.Cause.certain;
import static vmlab.diagnose.Detector.fact;
import static vmlab.diagnose.Detector.said;
import static vmlab.diagnose.Detector.served;
import static vmlab.diagnose.Detector.stuckAgain;
import static vmlab.diagnose.Detector.stuckAt;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import vmlab.run.Event;

/** What goes wrong before a kernel runs: firmware, PXE, DHCP, iPXE's script. */
final class FirmwareCauses {

    /** iPXE's line once it has an address: {@code net0: 10.77.0.11/255.255.255.0 gw 10.77.0.1}. */
    private static final Pattern IPXE_ADDRESS = Pattern.compile("net0: ([0-9.]+)/[0-9.]+");

    private static final Detector NO_LEASE =
            fact(e -> e.last(Event.Leased.class).isEmpty(), "no lease was given to this node");

    private static final Detector IPXE_RAN = said(Source.CONSOLE, "iPXE");

    static final List<Cause> ALL = List.of(
            certain(
                    "foreign-dhcp",
                    "another DHCP server than the lab's answered the node",
                    "find it: the lab's bridge must not be joined to another network; then lab down and lab up",
                    FirmwareCauses::foreignAddress),
            certain(
                    "not-in-boot-config",
                    "the boot server has no script for the node's MAC address",
                    "lab up writes the boot server's list anew",
                    served(404, "^/node/").or(said(Source.CONSOLE, "/node/[0-9a-f-]+\\.ipxe.*No such file"))),
            certain(
                    "no-dhcp",
                    "no DHCP server answered the node's firmware",
                    "see whether the lab's network has its DHCP server: lab exec -- virsh net-dumpxml, net-start",
                    said(Source.CONSOLE, "No configuration methods|Nothing to boot|PXE-E18|PXE-E16|PXE-E51")
                            .or(stuckAgain(2, "lab: failed: no DHCP server answered"))
                            .and(NO_LEASE)),
            certain(
                    "no-dhcp-in-initrd",
                    "the firmware got an address, the initrd none",
                    "see the DHCP server's leases (lab logs LAB dhcp); a kernel without the card's driver gets none",
                    stuckAgain(2, "lab: failed: no DHCP server answered")),
            certain(
                    "boot-server-away",
                    "the boot server did not answer iPXE",
                    "lab up starts it again; lab logs LAB boot says why it ended",
                    said(
                                    Source.CONSOLE,
                                    "^http.*(Connection refused|Connection reset|Connection timed out|Network unreachable)")
                            .or(stuckAt("its boot server is gone"))),
            certain(
                    "no-nic-boot",
                    "the machine does not boot from its network card",
                    "the machine has no network card, or its firmware no ROM for it: install ipxe-qemu, for UEFI also ipxe, then lab down and lab up",
                    said(Source.CONSOLE, "No bootable device|BdsDxe: No bootable option|No boot device available")
                            .unless(IPXE_RAN)));

    private FirmwareCauses() {}

    private static Optional<String> foreignAddress(Evidence evidence) {
        Matcher line = IPXE_ADDRESS.matcher(evidence.text(Source.CONSOLE));
        Optional<String> last = Optional.empty();
        while (line.find()) {
            last = Optional.of(line.group(1));
        }
        return last.filter(address -> !evidence.address().isEmpty() && !address.equals(evidence.address()))
                .map(address -> "iPXE was given " + address + ", and the lab gives this node " + evidence.address());
    }
}

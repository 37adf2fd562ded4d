package vmlab.site;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import vmlab.plan.Inventory;
import vmlab.plan.LabFolder;
import vmlab.run.LabFailure;

/**
 * How to get at one node of a lab that is up.
 *
 * @param domain its virtual machine
 * @param address its IPv4 address
 * @param sshd where to connect to for its sshd, from here
 */
public record Access(String domain, String node, String address, InetSocketAddress sshd, LabFolder folder) {

    /** The way to {@code node} of {@code lab}; to its first node where none is named. */
    public static Access to(Site site, String lab, Optional<String> node) {
        Inventory found = site.inventory(lab);
        List<String> nodes =
                found.domains().stream().map(d -> d.mark().node()).sorted().toList();
        if (found.network().isEmpty() || nodes.isEmpty()) {
            throw notUp(lab);
        }
        // Addresses are given in the order of cluster.yaml, so the first one written has the lowest.
        String name = node.or(() ->
                        found.network().get().addresses().keySet().stream().findFirst())
                .orElse(nodes.getFirst());
        Inventory.DomainFound domain = found.domain(name)
                .orElseThrow(() -> LabFailure.input(
                        "lab " + lab + " has no node " + name,
                        "its nodes are " + String.join(", ", nodes),
                        "name one of them"));
        String address = found.network().get().addresses().getOrDefault(name, "");
        return new Access(domain.name(), name, address, site.sshd(lab, address), site.folder(lab));
    }

    /** Refuses what a lab that is paused would never answer. */
    public static void requireAwake(String lab, Inventory found) {
        if (found.domains().stream().anyMatch(Inventory.DomainFound::standsStill)) {
            throw LabFailure.lab(
                    "lab " + lab + " stands still", "its machines are paused", "lab start " + lab + " lets them go on");
        }
    }

    /** Refuses a node that is off. */
    public static void requireOn(String lab, Inventory found, String node) {
        if (found.domain(node).filter(domain -> !domain.running()).isPresent()) {
            throw LabFailure.lab(
                    "node " + node + " of lab " + lab + " is off",
                    "its machine does not run",
                    "lab start " + lab + " switches it on");
        }
    }

    /** What is said where there is no such lab. */
    public static LabFailure notUp(String lab) {
        return LabFailure.lab(
                "lab " + lab + " is not up",
                "no machine and no network is called so",
                "lab list shows the labs that there are; lab up starts one");
    }

    /** The command that opens a shell there, with the lab's key and the host key that lab made; the user's own configuration plays no part. */
    public List<String> sshCommand() {
        return List.of(
                "ssh",
                "-F",
                "/dev/null",
                "-o",
                "IdentityFile=" + quoted(folder.sshKey()),
                "-o",
                "IdentitiesOnly=yes",
                "-o",
                "IdentityAgent=none",
                "-o",
                "UserKnownHostsFile=" + quoted(folder.knownHosts()),
                "-o",
                "GlobalKnownHostsFile=/dev/null",
                "-o",
                "StrictHostKeyChecking=yes",
                "-o",
                "ConnectTimeout=30",
                "-o",
                "HostKeyAlias=" + address,
                "-p",
                Integer.toString(sshd.getPort()),
                "root@" + sshd.getHostString());
    }

    /** As ssh_config has names with blanks in them, and percent signs, which begin its tokens. */
    static String quoted(Path file) {
        return '"' + file.toString().replace("\\", "\\\\").replace("\"", "\\\"").replace("%", "%%") + '"';
    }
}

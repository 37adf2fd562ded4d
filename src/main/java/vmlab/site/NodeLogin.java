package vmlab.site;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import vmlab.plan.Inventory;
import vmlab.plan.LabFolder;
import vmlab.run.Reading;
import vmlab.ssh.SshSession;

/**
 * A node of a lab as libvirt has it, to be logged in to.
 *
 * @param domain its virtual machine
 */
public record NodeLogin(String node, String domain, LabFolder folder, NodeSsh ssh) {

    private static final Duration ATTEMPT = Duration.ofSeconds(20);

    /** All nodes of a lab, or the one that is named, in the order of cluster.yaml. */
    public static List<NodeLogin> of(Site site, String lab, Optional<String> node) {
        Inventory found = site.inventory(lab);
        if (node.isPresent() || found.domains().isEmpty()) {
            Access.to(site, lab, node);
        }
        return found.domains().stream()
                .filter(domain ->
                        node.isEmpty() || node.get().equals(domain.mark().node()))
                .map(domain -> new NodeLogin(
                        domain.mark().node(),
                        domain.name(),
                        site.folder(lab),
                        site.ssh(
                                site.folder(lab),
                                domain.mark().node(),
                                found.network()
                                        .map(it -> it.addresses()
                                                .getOrDefault(domain.mark().node(), ""))
                                        .orElse(""))))
                .toList();
    }

    /** One attempt. */
    public Reading<SshSession> attempt() throws InterruptedException {
        return ssh.login(ATTEMPT);
    }
}

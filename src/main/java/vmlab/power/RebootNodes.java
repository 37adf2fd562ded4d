package vmlab.power;

import java.util.List;
import java.util.Optional;
import vmlab.run.Phase;
import vmlab.run.PhaseName;
import vmlab.run.Run;
import vmlab.site.LabLock;
import vmlab.site.NodeLogin;
import vmlab.site.Site;
import vmlab.ssh.SshSession;

/** Reboots a lab's nodes by their power buttons: one, or each in turn with the cluster Ready in between. */
public final class RebootNodes implements Phase<String, Integer> {

    private final Site site;
    private final Optional<String> node;

    /** A reboot on {@code site}, of {@code node} or of all. */
    public RebootNodes(Site site, Optional<String> node) {
        this.site = site;
        this.node = node;
    }

    @Override
    public String name() {
        return PhaseName.REBOOT.toString();
    }

    @Override
    public String doing() {
        return "reboot, and wait until the cluster is Ready again";
    }

    /** Reboots nodes of the lab of this name; returns how many. */
    @Override
    public Integer run(String lab, Run run) throws InterruptedException {
        try (LabLock lock = LabLock.take(site, lab)) {
            List<NodeLogin> nodes = NodeLogin.of(site, lab, node);
            NodeReboot reboot = new NodeReboot(site, lab, run);
            for (NodeLogin each : nodes) {
                try (SshSession back = reboot.reboot(each, reboot.awaitSsh(each, ""))) {
                    run.note(each.node() + " has booted again");
                }
                run.result(reboot.awaitReady(List.of(each)).toString());
            }
            return nodes.size();
        }
    }
}

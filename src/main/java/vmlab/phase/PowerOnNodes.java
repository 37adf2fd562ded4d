package vmlab.phase;

import java.time.Instant;
import vmlab.boot.BootConfig;
import vmlab.boot.ImageUrl;
import vmlab.boot.KernelLine;
import vmlab.host.DomainXml;
import vmlab.plan.NodePlan;
import vmlab.run.Event;
import vmlab.run.Phase;
import vmlab.run.Run;

/** Defines the virtual machines and switches them on; the ones that run are left alone. */
final class PowerOnNodes implements Phase<Bootable, Started> {

    private final Site site;

    PowerOnNodes(Site site) {
        this.site = site;
    }

    @Override
    public String name() {
        return "power";
    }

    @Override
    public String doing() {
        return "switch the nodes on";
    }

    @Override
    public Started run(Bootable lab, Run run) {
        run.emit(planned(lab));
        int started = 0;
        for (NodePlan node : lab.plan().nodes()) {
            var found = lab.found().domain(node.name());
            if (found.isEmpty()) {
                site.hypervisor().defineDomain(describe(lab, node));
            }
            if (found.isEmpty() || !found.get().running()) {
                site.hypervisor().startDomain(node.domain());
                started++;
            }
        }
        run.result(started == 0 ? "unchanged" : started + (started == 1 ? " node" : " nodes"));
        return new Started(lab, started > 0);
    }

    private static Event planned(Bootable lab) {
        return new Event.Planned(
                Instant.now(),
                lab.plan().lab(),
                lab.accelerator().name(),
                lab.image().name(),
                lab.plan().nodes().stream()
                        .map(node -> new Event.PlannedNode(
                                node.name(),
                                node.spec().role().toString(),
                                node.spec().boot().toString(),
                                node.address().getHostAddress()))
                        .toList());
    }

    private String describe(Bootable lab, NodePlan node) {
        String url = BootConfig.url(lab.plan().network().gateway().getHostAddress());
        return DomainXml.of(
                lab.plan(),
                node,
                lab.mark(node),
                site.folder(lab.plan().lab()),
                lab.accelerator(),
                new DomainXml.Boot(
                        lab.image().kernel(),
                        lab.image().initrd(),
                        KernelLine.of(new ImageUrl(url, lab.image().folder()))));
    }
}

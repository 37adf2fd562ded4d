package vmlab.phase;

import vmlab.boot.BootConfig;
import vmlab.host.NetworkXml;
import vmlab.run.Phase;
import vmlab.run.Run;

/** Makes the lab's network, or starts it again where it stands still. */
final class DefineNetwork implements Phase<Bootable, Bootable> {

    private final Site site;

    DefineNetwork(Site site) {
        this.site = site;
    }

    @Override
    public String name() {
        return "network";
    }

    @Override
    public String doing() {
        return "make a bridge with DHCP, DNS and PXE";
    }

    @Override
    public Bootable run(Bootable lab, Run run) {
        var plan = lab.plan();
        var found = lab.found().network();
        if (found.isEmpty()) {
            String bootUrl = BootConfig.url(plan.network().gateway().getHostAddress()) + "/boot.ipxe";
            site.hypervisor().createNetwork(NetworkXml.of(plan, lab.networkMark(), bootUrl, site.embedded()));
            run.result(plan.network().cidr() + " on " + plan.network().bridge());
        } else if (!found.get().active()) {
            site.hypervisor().startNetwork(plan.network().name());
            run.result("started again");
        } else {
            run.result("unchanged");
        }
        return lab;
    }
}

package vmlab.snapshot;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import vmlab.boot.GitSource;
import vmlab.make.Bootable;
import vmlab.plan.AppliedSpec;
import vmlab.plan.Digest;
import vmlab.plan.NodePlan;
import vmlab.site.Site;
import vmlab.site.Version;
import vmlab.spec.GoldenUse;
import vmlab.spec.Provision;

/**
 * What a golden lab can be the same lab for: a digest over everything that is in its nodes' memory and on their disks, and over what can
 * read that again. Names and addresses count, for certificates have them.
 */
final class GoldenKey {

    private static final int BYTES = 16;

    private GoldenKey() {}

    static String of(Bootable lab, Site site) throws InterruptedException {
        List<String> parts = new ArrayList<>();
        parts.add(Version.TEXT);
        parts.addAll(Carrier.of(site.engine()));
        parts.add(lab.accelerator().name());
        parts.add(lab.plan().lab());
        lab.plan().networks().forEach(network -> parts.add(network.name() + " " + network.cidr()));
        Optional<Provision> provision = lab.plan().cluster().provision();
        if (provision.isPresent()) {
            parts.add(GitSource.of(provision.get()).version());
        }
        for (NodePlan node : lab.plan().nodes()) {
            AppliedSpec made = lab.made(node);
            parts.add("%s %s %s %s".formatted(node.name(), node.mac(), node.address(), node.address6()));
            parts.add(made.image() + " " + made.aspects());
            parts.add(lab.kernelLine(node));
        }
        return Digest.of(BYTES, parts.toArray(String[]::new));
    }

    /**
     * Whether there may be a golden lab of it: it asks for one, its memory can be a file, and nodes that go on are as nodes that boot would
     * be: what a repository elsewhere has by now only they can ask.
     */
    static boolean isFor(Bootable lab, Site site) {
        return lab.plan().cluster().golden() == GoldenUse.AUTO
                && lab.plan()
                        .cluster()
                        .provision()
                        .filter(from -> !from.isLocal())
                        .isEmpty()
                && lab.memory(site).isPresent();
    }
}

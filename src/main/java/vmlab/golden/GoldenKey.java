package vmlab.golden;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import vmlab.make.Bootable;
import vmlab.plan.Digest;
import vmlab.plan.Made;
import vmlab.plan.NodePlan;
import vmlab.site.Site;
import vmlab.site.Version;

/**
 * What a golden lab can be the same lab for: a digest over everything that is in its nodes' memory and on their disks, and over what can
 * read that again. Names and addresses count, for certificates have them.
 */
final class GoldenKey {

    private static final int BYTES = 16;

    private GoldenKey() {}

    static String of(Bootable lab, Site site) {
        List<String> parts = new ArrayList<>();
        parts.add(Version.TEXT);
        parts.addAll(site.engine().versions());
        parts.add(processor());
        parts.add(lab.accelerator().name());
        parts.add(lab.plan().lab());
        lab.plan().networks().forEach(network -> parts.add(network.name() + " " + network.cidr()));
        for (NodePlan node : lab.plan().nodes()) {
            Made made = lab.made(node);
            parts.add("%s %s %s %s".formatted(node.name(), node.mac(), node.address(), node.address6()));
            parts.add(made.image() + " " + made.aspects());
            parts.add(lab.kernelLine(node));
        }
        return Digest.of(BYTES, parts.toArray(String[]::new));
    }

    /** The first one's model and features. */
    private static String processor() {
        try {
            return String.join(
                    "\n",
                    Files.readAllLines(Path.of("/proc/cpuinfo")).stream()
                            .takeWhile(line -> !line.isBlank())
                            .filter(line -> line.startsWith("model name") || line.startsWith("flags"))
                            .toList());
        } catch (IOException none) {
            return "";
        }
    }
}

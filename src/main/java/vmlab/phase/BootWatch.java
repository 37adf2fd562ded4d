package vmlab.phase;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import vmlab.plan.LabFolder;
import vmlab.plan.NodePlan;
import vmlab.run.Reading.Never;

/** What a booting node lets us know: its milestones, its serial console, and whether its machine still runs. */
final class BootWatch {

    /** A line on the console after which no node comes up any more, and what to do about it. */
    private record Death(String sign, String next) {}

    private static final List<Death> DEATHS = List.of(
            new Death("Kernel panic", "give the node more memory, or look for the reason above that line"),
            new Death("dracut: FATAL", "the initrd found no root file system: see whether it could fetch the squashfs"),
            new Death("Entering emergency mode", "the initrd gave up: see what it waited for above that line"),
            new Death("lab: no disk labelled", "the node's disks are missing: lab down, then lab up"));

    /** How the image's services and the iPXE script begin what they say. */
    private static final Pattern SAID = Pattern.compile("lab: (.+)");

    private final Site site;
    private final LabFolder folder;
    private final NodePlan node;

    BootWatch(Site site, LabFolder folder, NodePlan node) {
        this.site = site;
        this.folder = folder;
        this.node = node;
    }

    /** The reason why this boot can be given up, where there is one. */
    <T> Optional<Never<T>> dead() {
        String console = LastLines.tail(folder.serialLog(node.name()));
        for (Death death : DEATHS) {
            Optional<String> line =
                    console.lines().filter(l -> l.contains(death.sign())).findFirst();
            if (line.isPresent()) {
                return Optional.of(new Never<>("its console says: " + line.get().strip(), death.next()));
            }
        }
        if (!site.hypervisor().isRunning(node.domain())) {
            return Optional.of(new Never<>(
                    "its virtual machine no longer runs; its console ended with:\n"
                            + LastLines.of(folder.serialLog(node.name()), 3),
                    "see libvirt's log of " + node.domain()));
        }
        return Optional.empty();
    }

    /** The last thing that the node said, on its console: that works before it has a network, and when it gets none. */
    Optional<String> lastWord() {
        return LastLines.tail(folder.serialLog(node.name()))
                .lines()
                .map(SAID::matcher)
                .filter(Matcher::find)
                .map(said -> said.group(1).strip())
                .reduce((earlier, later) -> later);
    }
}

package vmlab.suite.immutable;

import java.util.List;

/** What makes a node itself comes from its config disk, on each boot. */
final class ConfigReadAtBoot implements Promise {

    @Override
    public String name() {
        return "config-read-at-boot";
    }

    @Override
    public String words() {
        return "each file of /config/root lies over the image's after a boot";
    }

    @Override
    public boolean needsReboot() {
        return true;
    }

    @Override
    public String before(NodeFiles node) throws InterruptedException {
        return node.lines("find /config/root -type f").size() + " files on the config disk";
    }

    @Override
    public String after(NodeFiles node) throws InterruptedException {
        List<String> different = node.lines("""
                cd /config/root && find . -type f | while read -r file; do
                    cmp -s "$file" "/$file" || echo "${file#.}"
                done
                """);
        if (!different.isEmpty()) {
            throw broken(different.getFirst(), "is not as the config disk has it, right after a boot");
        }
        return "all of them are in place after a reboot";
    }
}

package vmlab.suite.immutable;

import java.util.List;

/**
 * What a node keeps lies on its state disk, and outlives a reboot.
 *
 * @param folder {@code /var}
 */
record StateKept(String folder) implements Promise {

    @Override
    public String name() {
        return folder.substring(1).replace('/', '-') + "-kept";
    }

    @Override
    public String words() {
        return folder + " is on the state disk, and outlives a reboot";
    }

    @Override
    public boolean needsReboot() {
        return true;
    }

    @Override
    public String before(NodeFiles node) throws InterruptedException {
        Mounts mounts = node.mounts();
        Mounts.Mount state = mounts.at("/state").orElseThrow(() -> broken("/state", "is not mounted"));
        Mounts.Mount kept =
                mounts.at(folder).orElseThrow(() -> broken(folder, "is in memory: nothing is mounted there"));
        if (!kept.device().equals(state.device())) {
            throw broken(folder, "is not on the state disk: " + kept);
        }
        if (node.writable(folder).isEmpty()) {
            throw broken(folder, "cannot be written: " + kept);
        }
        node.lines("echo %s >%s && sync %s".formatted(node.marker(), file(node), file(node)));
        return kept.toString();
    }

    @Override
    public String after(NodeFiles node) throws InterruptedException {
        List<String> found = node.lines("cat %1$s 2>/dev/null; rm -f %1$s".formatted(file(node)));
        if (!found.equals(List.of(node.marker()))) {
            throw broken(file(node), found.isEmpty() ? "did not outlive a reboot" : "came back with other content");
        }
        return "a file there outlived a reboot";
    }

    private String file(NodeFiles node) {
        return folder + "/" + node.marker();
    }
}

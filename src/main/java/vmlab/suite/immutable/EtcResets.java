package vmlab.suite.immutable;

import java.util.List;

/** /etc can be written, in memory: a reboot takes all of it back to the image and the config disk. */
final class EtcResets implements Promise {

    @Override
    public String name() {
        return "etc-resets";
    }

    @Override
    public String words() {
        return "/etc is an overlay in memory that a reboot resets";
    }

    @Override
    public boolean needsReboot() {
        return true;
    }

    @Override
    public String before(NodeFiles node) throws InterruptedException {
        Mounts mounts = node.mounts();
        List<Mounts.Mount> over = mounts.within("/etc");
        if (!over.isEmpty()) {
            throw broken(over.getFirst().point(), "is covered by a mount: " + over.getFirst());
        }
        Mounts.Mount root = mounts.at("/").orElseThrow();
        if (!root.type().equals("overlay")) {
            throw broken("/", "is no overlay: " + root);
        }
        if (node.writable("/etc").isEmpty()) {
            throw broken("/etc", "cannot be written");
        }
        node.lines(": >/etc/" + node.marker());
        return "/etc is part of the overlay " + root;
    }

    @Override
    public String after(NodeFiles node) throws InterruptedException {
        String file = "/etc/" + node.marker();
        if (!node.lines("ls " + file + " 2>/dev/null || true").isEmpty()) {
            throw broken(file, "outlived a reboot");
        }
        return "a reboot took " + file;
    }
}

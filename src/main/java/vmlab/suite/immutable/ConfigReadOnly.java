package vmlab.suite.immutable;

/** The config disk is the host's word: the node reads it and cannot change it. */
final class ConfigReadOnly implements Promise {

    @Override
    public String name() {
        return "config-read-only";
    }

    @Override
    public String words() {
        return "/config is the node's own disk, read-only for the node";
    }

    @Override
    public boolean needsReboot() {
        return false;
    }

    @Override
    public String before(NodeFiles node) throws InterruptedException {
        Mounts.Mount config = node.mounts().at("/config").orElseThrow(() -> broken("/config", "is not mounted"));
        if (!config.isReadOnly()) {
            throw broken("/config", "is mounted read-write: " + config);
        }
        var written = node.writable("/config /config/root");
        if (!written.isEmpty()) {
            throw broken(written.getFirst(), "could be written");
        }
        String locked = String.join("", node.lines("cat /sys/dev/block/" + config.device() + "/ro"));
        if (!locked.equals("1")) {
            throw broken(config.source(), "is a disk that the node could write to, were it mounted otherwise");
        }
        return config + ", its disk is locked";
    }
}

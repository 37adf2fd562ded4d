package vmlab.diagnose;

/** Where evidence comes from. */
public enum Source {
    /** What the node wrote on its serial console, firmware and iPXE included. */
    CONSOLE("serial console"),
    /** What the hypervisor's process wrote. */
    QEMU("QEMU's log"),
    /** What the cluster that carries the machine noted of it: conditions and events. */
    ENGINE("the cluster that carries the machine"),
    /** What an attempt to log in met. */
    SSH("SSH"),
    /** The node's state as its own kernel tells it: disks, ports, memory. */
    NODE("the node itself"),
    /** k0s's log and its error log on the node. */
    K0S("k0s's log"),
    /** The log of the node's provisioning. */
    PROVISION("provisioning log"),
    /** The way of a worker that the cluster does not hear of to the API, tried from where it stands. */
    JOIN("the worker's way to the API"),
    /** What the cluster's API says of nodes and pods, or why it does not answer. */
    CLUSTER("the cluster's API"),
    /** The files that the node boots, held against the sums they were built with. */
    IMAGE("the image's files"),
    /** Why the embedded host has no way out; empty where it has one, or needs none. */
    WAY_OUT("the way out"),
    /** The boot server's own log. */
    BOOT("boot server's log");

    private final String text;

    Source(String text) {
        this.text = text;
    }

    @Override
    public String toString() {
        return text;
    }
}

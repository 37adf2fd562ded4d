package vmlab.plan;

/** Something that a node is made from, and what a change of it takes. */
public enum Aspect {
    ROLE("role", Change.NEVER),
    CPUS("cpus", Change.RESTART),
    MEMORY("memory", Change.RESTART),
    DISK("disk", Change.RESTART),
    BOOT("boot", Change.RESTART),
    CARDS("network cards", Change.NEVER),
    LABELS("labels", Change.IN_PLACE),
    TAINTS("taints", Change.IN_PLACE),
    KUBELET("kubelet arguments", Change.RESTART),
    K0S("k0s config", Change.RESTART),
    ROOTFS("rootfs", Change.RESTART),
    DISKS("disks", Change.RESTART),
    PROVISION("provisioning", Change.RESTART),
    ACCESS("access to what is provisioned from", Change.RESTART),
    IMAGE("image", Change.RESTART);

    /** What it takes. */
    public enum Change {
        /** The API is told, and the node runs on. */
        IN_PLACE,
        /** The node is drained, shut down, made anew around its state disk, and started. */
        RESTART,
        /** Another lab has to take this one's place. */
        NEVER
    }

    private final String text;
    private final Change change;

    Aspect(String text, Change change) {
        this.text = text;
        this.change = change;
    }

    /** What a change of it takes. */
    public Change change() {
        return change;
    }

    /** As cluster.yaml or a person calls it. */
    @Override
    public String toString() {
        return text;
    }
}

package vmlab.report;

/**
 * What a node goes through from power-on to Ready, in this order; {@link #PROVISION} runs beside the others. One that was restored goes
 * through {@link #RESTORE} alone.
 */
public enum Stage {
    RESTORE("restore", "on from where it stood, until its kubelet renews its lease"),
    FIRMWARE("firmware", "power-on, firmware and iPXE, until the kernel runs"),
    KERNEL("kernel", "kernel and initrd, until the initrd has a network"),
    ROOTFS("rootfs", "the squashfs is fetched"),
    INIT("init", "OpenRC: config disk, network, state disk, sshd"),
    PROVISION("provision", "the node's own repository is pulled and run"),
    K0S("k0s", "k0s starts, until the API knows the node"),
    READY("Ready", "images and pods' network, until the node is Ready");

    private final String title;
    private final String meaning;

    Stage(String title, String meaning) {
        this.title = title;
        this.meaning = meaning;
    }

    /** The word for it in lines and legends. */
    public String title() {
        return title;
    }

    /** One line that says what happens meanwhile. */
    public String meaning() {
        return meaning;
    }
}

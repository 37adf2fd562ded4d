package vmlab.plan;

import java.nio.file.Path;
import java.util.List;

/** The one folder that holds a lab's files, and what they are called; it is removed with the lab. Paths only, no I/O. */
public record LabFolder(Path path) {

    /** The first file that firmware fetches over TFTP: DHCP names it. */
    public static final String TFTP_LOADER = "pxelinux.0";

    /** The same for UEFI whose card brings no iPXE. */
    public static final String UEFI_LOADER = "ipxe.efi";

    /** What the names of nodes' persistent disks end with. */
    public static final String STATE_DISK = ".state.img";

    /** What the notes end with that lab cordoned a node. */
    public static final String CORDONED = ".cordoned";

    /** The folder of {@code lab} below lab's home. */
    public static LabFolder of(Path home, String lab) {
        return new LabFolder(home.resolve("labs").resolve(lab));
    }

    /** The folder below lab's home in which each fork has a home for itself. */
    public static Path forks(Path home) {
        return home.resolve("forks");
    }

    /** The home of one fork. */
    public static Path forkHome(Path home, String fork) {
        return forks(home).resolve(fork);
    }

    /** The lab's name. */
    public String lab() {
        return String.valueOf(path.getFileName());
    }

    /** Who the lab is: written before anything else is made. */
    public Path identity() {
        return path.resolve("lab.json");
    }

    /** Everything that happened, one JSON event a line. */
    public Path events() {
        return path.resolve("events.jsonl");
    }

    /** The lab's events, and what a failed up kept of them. */
    public List<Path> eventLogs() {
        return List.of(events(), evidence().resolve("events.jsonl"));
    }

    /** The cluster.yaml of the last {@code up}, as it was given. */
    public Path spec() {
        return path.resolve("cluster.yaml");
    }

    /** What the last conformance run left. */
    public Path conformance() {
        return path.resolve("conformance");
    }

    /** The port of this machine's loopback that leads to the API of a lab in a cluster. */
    public Path apiPort() {
        return path.resolve("api.port");
    }

    /** The kubeconfig for the user's shell. */
    public Path kubeconfig() {
        return path.resolve("kubeconfig");
    }

    /** The user's own kubeconfig files that have the lab's entries, a line each. */
    public Path merged() {
        return path.resolve("merged");
    }

    /** The private key that logs in on the nodes. */
    public Path sshKey() {
        return path.resolve("id_ecdsa");
    }

    /** The nodes' host keys, as ssh reads them. */
    public Path knownHosts() {
        return path.resolve("known_hosts");
    }

    /** The cluster's CAs and keys, made before the first boot. */
    public Path pki() {
        return path.resolve("pki");
    }

    /** The token with which workers join. */
    public Path joinToken() {
        return path.resolve("join-token");
    }

    /** The token with which further controllers join. */
    public Path controllerToken() {
        return path.resolve("controller-token");
    }

    /** Access for lab's own looks at the cluster, signed by the CA that lab made. */
    public Path ownKubeconfig() {
        return path.resolve("lab.kubeconfig");
    }

    /** What the boot server serves, and how. */
    public Path bootConfig() {
        return path.resolve("boot.json");
    }

    /** The boot server's process id. */
    public Path bootPid() {
        return path.resolve("boot.pid");
    }

    /** What the boot server says of itself. */
    public Path bootLog() {
        return path.resolve("boot.log");
    }

    /** Where the boot server answers for the API, for those outside the embedded host. */
    public Path apiSocket() {
        return path.resolve("api.sock");
    }

    /** Where process {@code holder} answers for what the user's {@code port} leads to, for those outside the embedded host. */
    public Path portSocket(int port, long holder) {
        return path.resolve(port + "-" + holder + ".sock");
    }

    /** The live page's port and path, as the boot server's process has them. */
    public Path page() {
        return path.resolve("page");
    }

    /** Where that process answers for the live page, for those outside the embedded host. */
    public Path pageSocket() {
        return path.resolve("page.sock");
    }

    /** The bare repository that the nodes provision themselves from. */
    public Path repository() {
        return path.resolve("provision.git");
    }

    /** That links of the lab had faults on purpose. */
    public Path linkFaults() {
        return path.resolve("links");
    }

    /** What firmware that speaks no HTTP fetches over TFTP. */
    public Path tftp() {
        return path.resolve("tftp");
    }

    /** What the node wrote on its serial console. */
    public Path serialLog(String node) {
        return path.resolve(node + ".serial.log");
    }

    /** What the picture of the node's display is called wherever evidence is kept. */
    public static String screenshot(String node) {
        return node + ".screenshot.png";
    }

    /** The node's persistent disk. */
    public Path stateDisk(String node) {
        return path.resolve(node + STATE_DISK);
    }

    /** What UEFI keeps for the node, where libvirt keeps it in no folder of its own. */
    public Path firmwareVariables(String node) {
        return path.resolve(node + ".uefi-variables");
    }

    /** The memory that the node's machine goes on with where it did not boot; that of another, which is only read. */
    public Path memory(String node) {
        return path.resolve(node + ".memory.img");
    }

    /** The node's own read-only disk with its identity and configuration. */
    public Path configDisk(String node) {
        return path.resolve(node + ".config.img");
    }

    /** The node's SSH host key. */
    public Path hostKey(String node) {
        return path.resolve(node + ".host_key");
    }

    /** There while lab lets no pods onto the node. */
    public Path cordoned(String node) {
        return path.resolve(node + CORDONED);
    }

    /** Everything in here that is one node's alone. */
    public List<Path> ofNode(String node) {
        Path hostKey = hostKey(node);
        return List.of(
                serialLog(node),
                path.resolve(node + ".serial.before.log"),
                stateDisk(node),
                memory(node),
                firmwareVariables(node),
                configDisk(node),
                cordoned(node),
                hostKey,
                hostKey.resolveSibling(hostKey.getFileName() + ".pub"));
    }

    /** The lab as it stood at moments that its user chose. */
    public Path snapshots() {
        return path.resolve("snapshots");
    }

    /** There while disks are exchanged for those of a snapshot, whose name it holds. */
    public Path restoring() {
        return path.resolve("restoring");
    }

    /** What a fork that has not come up yet is made from. */
    public Path origin() {
        return path.resolve("origin");
    }

    /** What is kept of a lab that failed. */
    public Path evidence() {
        return path.resolve("evidence");
    }
}

package vmlab.boot;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import vmlab.plan.LabFolder;
import vmlab.plan.NetworkPlan;
import vmlab.run.AtomicFile;
import vmlab.spec.BootMode;

/**
 * What a lab's boot server serves, and to whom; a JSON file in the lab's folder.
 *
 * @param address the host's address on the lab's bridge, the only one it listens on
 * @param events where milestones are written
 * @param apiSocket where it answers for the cluster's API for those outside the lab's network; empty: nowhere
 * @param apiAddress where the API is reached on the lab's network
 * @param pulls whether images that nodes ask for and this machine lacks are pulled from their registry
 * @param controllers their addresses where there are several; {@code address} then also takes connections for them
 * @param ports of the user's loopback that lead into the cluster, as cluster.yaml has them; what an older lab wrote has none
 * @param storage whether claims for volumes get folders on the nodes' state disks
 */
public record BootConfig(
        String lab,
        String address,
        int port,
        List<Client> clients,
        String events,
        String apiSocket,
        String apiAddress,
        List<String> controllers,
        List<String> ports,
        boolean storage,
        boolean pulls) {

    /** Copies its list of ports. */
    public BootConfig {
        ports = List.copyOf(Optional.ofNullable(ports).orElse(List.of()));
    }

    /**
     * A node that may boot.
     *
     * @param image the folder of its image, with vmlinuz, initrd and root.squashfs; each node has its own
     * @param boot how it starts, as cluster.yaml has it: {@code pxe}, {@code uefi-pxe} …
     * @param kernelLine the kernel's command line, made by {@link KernelLine}
     */
    public record Client(String node, String mac, String address, String image, String boot, String kernelLine) {

        Client withImage(String other) {
            return new Client(node, mac, address, other, boot, kernelLine);
        }
    }

    /** The same for another lab with the same nodes at the same addresses, in a folder of its own. The ports stay with the first. */
    public BootConfig of(String other, LabFolder folder) {
        return new BootConfig(
                other,
                address,
                port,
                clients,
                folder.events().toString(),
                apiSocket.isEmpty() ? "" : folder.apiSocket().toString(),
                apiAddress,
                controllers,
                List.of(),
                storage,
                pulls);
    }

    /** Where a gateway has the images that nodes boot, each in a folder that is called as it is in the store. */
    public static final Path GATEWAY_IMAGES = Path.of("/srv/lab/images");

    /** Where it has what firmware loads over TFTP. */
    public static final Path GATEWAY_TFTP = Path.of("/srv/tftp");

    /** The same for a gateway, which has the images elsewhere and keeps nothing. */
    public BootConfig ofGateway() {
        return new BootConfig(
                lab,
                address,
                port,
                clients.stream()
                        .map(client -> client.withImage(
                                GATEWAY_IMAGES.resolve(Path.of(client.image()).getFileName()) + ""))
                        .toList(),
                "/run/lab/events.jsonl",
                "",
                apiAddress,
                controllers,
                List.of(),
                false,
                pulls);
    }

    /** Whether the lab is in the embedded host, out of which sockets lead. */
    public boolean embedded() {
        return !apiSocket.isEmpty();
    }

    /** The folders of all images that its nodes boot. */
    public List<Path> images() {
        return clients.stream()
                .map(client -> Path.of(client.image()))
                .distinct()
                .toList();
    }

    /** Whether any node starts so. */
    boolean boots(BootMode mode) {
        return clients.stream().anyMatch(client -> client.boot().equals(mode.toString()));
    }

    /** Reads the file. */
    public static BootConfig read(Path file) {
        try {
            return new JsonMapper().readValue(file.toFile(), BootConfig.class);
        } catch (IOException error) {
            throw new UncheckedIOException("boot server: " + file + " cannot be read", error);
        }
    }

    /** As the file has it. */
    public String json() {
        return new JsonMapper().valueToTree(this).toPrettyString() + "\n";
    }

    /** Writes the file. */
    public void write(Path file) {
        try {
            AtomicFile.write(file, json());
        } catch (IOException error) {
            throw new UncheckedIOException(error);
        }
    }

    /** The address of everything that is served, without a slash at the end. */
    public String url() {
        return "http://" + address + ":" + port;
    }

    /** Where the server of a lab has the repository that its nodes provision themselves from. */
    public static String gitUrl(NetworkPlan network) {
        return network.bootUrl() + GitHttp.PATH;
    }

    /** The lab's folder. */
    LabFolder folder() {
        return new LabFolder(Path.of(events).getParent());
    }

    /** The node that asks from this address. */
    Optional<Client> from(String remoteAddress) {
        return clients.stream().filter(c -> c.address().equals(remoteAddress)).findFirst();
    }
}

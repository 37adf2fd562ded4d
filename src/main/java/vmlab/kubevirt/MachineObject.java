package vmlab.kubevirt;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import vmlab.engine.MachineRequest;
import vmlab.plan.NetworkPlan;
import vmlab.plan.Nic;
import vmlab.plan.NodePlan;
import vmlab.run.LabFailure;
import vmlab.spec.BootMode;

/** A node's virtual machine as KubeVirt wants it described (VirtualMachine, kubevirt.io/v1). */
final class MachineObject {

    private static final JsonMapper JSON = new JsonMapper();

    /** For its programs to end after the power button, as with libvirt. */
    private static final int SECONDS_TO_STOP = 90;

    /**
     * Thousandths of a processor asked for each virtual one: KubeVirt's own share (cpuAllocationRatio 10). Where a limit stands without it,
     * Kubernetes asks for the whole limit, and two labs fill a node that would carry ten.
     */
    private static final int SHARE_OF_A_PROCESSOR = 100;

    private final MachineRequest machine;
    private final Settings settings;

    private MachineObject(MachineRequest machine, Settings settings) {
        this.machine = machine;
        this.settings = settings;
    }

    static GenericKubernetesResource of(MachineRequest machine, Settings settings) {
        return new MachineObject(machine, settings).description();
    }

    private GenericKubernetesResource description() {
        Place place = Place.ofMachine(machine.node().domain(), settings);
        ObjectNode root = JSON.createObjectNode();
        root.put("apiVersion", Kinds.apiVersion(Kinds.MACHINE)).put("kind", Kinds.MACHINE.getKind());
        ObjectNode metadata =
                root.putObject("metadata").put("namespace", place.namespace()).put("name", place.name());
        metadata.set("labels", JSON.valueToTree(Signs.labels(machine.mark())));
        metadata.set("annotations", JSON.valueToTree(Signs.annotations(machine.mark(), machine.made())));
        // It is switched on and off by hand, and one that crashed stays as it is.
        ObjectNode template =
                root.putObject("spec").put("runStrategy", "Manual").putObject("template");
        template.putObject("metadata").set("labels", JSON.valueToTree(Signs.labels(machine.mark())));
        ObjectNode spec = template.putObject("spec").put("terminationGracePeriodSeconds", SECONDS_TO_STOP);
        domain(spec.putObject("domain"));
        networks(spec.putArray("networks"));
        volumes(spec.putArray("volumes"), place);
        whereItRuns(spec);
        return JSON.convertValue(root, GenericKubernetesResource.class);
    }

    private void domain(ObjectNode domain) {
        NodePlan node = machine.node();
        domain.putObject("machine").put("type", "q35");
        ObjectNode firmware =
                domain.putObject("firmware").put("uuid", node.uuid().toString());
        bootloader(firmware.putObject("bootloader"), node.spec().boot());
        // Each processor in a socket of its own: vmlab.libvirt.DomainXml says why.
        domain.putObject("cpu")
                .put("sockets", node.spec().cpus())
                .put("cores", 1)
                .put("threads", 1);
        ObjectNode clock = domain.putObject("clock");
        clock.putObject("utc");
        clock.putObject("timer").putObject("hpet").put("present", false);
        String memory = Long.toString(node.spec().memory().value());
        domain.putObject("memory").put("guest", memory);
        // KubeVirt adds to both what QEMU itself needs.
        ObjectNode resources = domain.putObject("resources");
        resources
                .putObject("requests")
                .put("memory", memory)
                .put("cpu", SHARE_OF_A_PROCESSOR * node.spec().cpus() + "m");
        resources
                .putObject("limits")
                .put("memory", memory)
                .put("cpu", Integer.toString(node.spec().cpus()));
        devices(domain.putObject("devices"));
    }

    private static void bootloader(ObjectNode bootloader, BootMode boot) {
        switch (boot) {
            case PXE, TFTP -> bootloader.putObject("bios").put("useSerial", true);
            // Nothing here is signed with a key that firmware comes with.
            case UEFI_PXE ->
                bootloader.putObject("efi").put("secureBoot", false).put("persistent", false);
            case DIRECT ->
                throw LabFailure.input(
                        "boot: direct is not there on KubeVirt",
                        "the kernel would have to be in a container image of the cluster's",
                        "boot: pxe");
        }
    }

    private void devices(ObjectNode devices) {
        devices.put("autoattachMemBalloon", false)
                .put("autoattachGraphicsDevice", true)
                .put("autoattachSerialConsole", true)
                .put("logSerialConsole", true);
        devices.putObject("video").put("type", "vga");
        devices.putObject("rng");
        ArrayNode disks = devices.putArray("disks");
        disks.addObject()
                .put("name", "state")
                .put("serial", "state")
                .putObject("disk")
                .put("bus", "virtio");
        disks.addObject()
                .put("name", "config")
                .putObject("disk")
                .put("bus", "virtio")
                .put("readonly", true);
        ArrayNode cards = devices.putArray("interfaces");
        // The order to boot in gives this card a ROM, and it alone.
        card(cards, machine.plan().network(), machine.node().mac()).put("bootOrder", 1);
        machine.node().nics().forEach(nic -> card(cards, nic.network(), nic.mac()));
    }

    private static ObjectNode card(ArrayNode cards, NetworkPlan network, String mac) {
        ObjectNode card = cards.addObject()
                .put("name", cardName(network))
                .put("macAddress", mac)
                .put("model", "virtio");
        card.putObject("bridge");
        return card;
    }

    /** What the machine's description calls the card on a network. */
    private static String cardName(NetworkPlan network) {
        return network.label().isEmpty() ? Place.FIRST : "to-" + network.label();
    }

    private void networks(ArrayNode networks) {
        network(networks, machine.plan().network());
        machine.node().nics().stream().map(Nic::network).forEach(network -> network(networks, network));
    }

    private void network(ArrayNode networks, NetworkPlan network) {
        networks.addObject()
                .put("name", cardName(network))
                .putObject("multus")
                .put("networkName", NetworkObject.attachment(network, settings));
    }

    private static void volumes(ArrayNode volumes, Place place) {
        volumes.addObject()
                .put("name", "state")
                .putObject("persistentVolumeClaim")
                .put("claimName", place.with(DiskObjects.STATE));
        volumes.addObject()
                .put("name", "config")
                .putObject("secret")
                .put("secretName", place.with(DiskObjects.CONFIG))
                .put("volumeLabel", "config");
    }

    private void whereItRuns(ObjectNode spec) {
        if (!settings.nodeSelector().isEmpty()) {
            spec.set("nodeSelector", JSON.valueToTree(settings.nodeSelector()));
        }
        if (settings.network().isEmpty()) {
            // A bridge is one node's. The first machine of a lab may choose which.
            ObjectNode term = spec.putObject("affinity")
                    .putObject("podAffinity")
                    .putArray("requiredDuringSchedulingIgnoredDuringExecution")
                    .addObject()
                    .put("topologyKey", "kubernetes.io/hostname");
            term.putObject("labelSelector").set("matchLabels", JSON.valueToTree(Signs.labels(machine.mark())));
        }
    }
}

package vmlab.make;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Locale;
import vmlab.kube.ClusterKeys;
import vmlab.kube.JoinToken;
import vmlab.kube.Standing;
import vmlab.plan.LabFolder;
import vmlab.plan.NetworkPlan;
import vmlab.plan.Nic;
import vmlab.plan.NodePlan;
import vmlab.plan.Plan;
import vmlab.plan.Ula;
import vmlab.site.Port;
import vmlab.ssh.KeyFiles;

/**
 * What lies on a node's config disk. {@code root/} is copied over / on each boot; {@code state/} is copied once, without overwriting, to
 * /var/lib/k0s.
 */
record ConfigDisk(Plan plan, NodePlan node, Standing standing, LabFolder folder) {

    /** Lays the files out below {@code disk}, with the modes that they have on the node. */
    void lay(Path disk) throws IOException {
        Path root = disk.resolve("root");
        var hostKey = KeyFiles.read(folder.hostKey(node.name()));
        open(root.resolve("etc/hostname"), node.name() + "\n");
        open(root.resolve("etc/hosts"), hosts());
        open(root.resolve("etc/machine-id"), node.uuid().toString().replace("-", "") + "\n");
        open(root.resolve("etc/resolv.conf"), resolver());
        open(root.resolve("etc/network/interfaces"), interfaces());
        secret(root.resolve("etc/ssh/ssh_host_ecdsa_key"), hostKey.privateText());
        open(root.resolve("etc/ssh/ssh_host_ecdsa_key.pub"), hostKey.publicLine() + "\n");
        secret(
                root.resolve("root/.ssh/authorized_keys"),
                KeyFiles.read(folder.sshKey()).publicLine() + "\n");
        open(root.resolve(ImageMirror.FILE), ImageMirror.hosts(plan));
        open(root.resolve("etc/conf.d/k0s"), ServiceSettings.line("K0S_ARGS", K0sFiles.arguments(node, standing)));
        open(root.resolve("etc/conf.d/lab-kernel"), K0sFiles.serviceRange(plan));
        if (node.spec().role().isController()) {
            secret(root.resolve("etc/k0s/k0s.yaml"), K0sFiles.config(plan, node));
        }
        layClusterSecrets(root, disk.resolve("state"));
        layProvisioning(root);
    }

    private void layProvisioning(Path root) throws IOException {
        var provision = plan.cluster().provision();
        if (provision.isEmpty()) {
            return;
        }
        open(root.resolve("etc/conf.d/provision"), ProvisionFiles.settings(plan));
        String key = ProvisionAccess.key(provision.get());
        if (!key.isEmpty()) {
            secret(root.resolve(ProvisionFiles.KEY), key);
        }
        if (provision.get().knownHosts().isPresent()) {
            open(root.resolve(ProvisionFiles.KNOWN_HOSTS), ProvisionAccess.knownHosts(provision.get()));
        }
    }

    /**
     * Each node gets what it cannot do without, and no more. The first controller holds the CAs' keys and makes the tokens valid; one that
     * joins holds a token, with which it pulls the keys itself; a worker holds a token that opens nothing else.
     */
    private void layClusterSecrets(Path root, Path state) throws IOException {
        ClusterKeys keys = ClusterKeys.read(folder.pki());
        String authority = keys.files().get("ca.crt");
        JoinToken workers = JoinToken.readOrMake(JoinToken.Kind.WORKER, folder.joinToken());
        JoinToken controllers = JoinToken.readOrMake(JoinToken.Kind.CONTROLLER, folder.controllerToken());
        switch (standing) {
            case ALONE, FIRST -> {
                keys.write(state.resolve("pki"));
                if (plan.hasWorkers()) {
                    secret(state.resolve("manifests/lab/join-token.yaml"), workers.secretManifest());
                }
                if (standing == Standing.FIRST) {
                    secret(state.resolve("manifests/lab/controller-token.yaml"), controllers.secretManifest());
                }
            }
            case JOINS ->
                secret(root.resolve("etc/k0s/token"), controllers.text(Port.controlApiUrl(plan.api()), authority));
            case WORKER -> secret(root.resolve("etc/k0s/token"), workers.text(Port.apiUrl(plan.api()), authority));
        }
    }

    /** k0s finds a node's addresses of both families by its name. */
    private String hosts() {
        StringBuilder hosts = new StringBuilder("127.0.0.1 localhost\n::1 localhost\n");
        for (NodePlan each : plan.nodes()) {
            String names =
                    "%1$s.%2$s %1$s".formatted(each.name(), plan.network().domain());
            hosts.append(each.address().getHostAddress() + " " + names + "\n");
            each.address6().ifPresent(address -> hosts.append(address + " " + names + "\n"));
            for (Nic nic : each.nics()) {
                hosts.append("%s %s.%s\n"
                        .formatted(
                                nic.address().getHostAddress(),
                                each.name(),
                                nic.network().domain()));
            }
        }
        return hosts.toString();
    }

    private String resolver() {
        return "search %s\nnameserver %s\n"
                .formatted(plan.network().domain(), plan.network().gateway().getHostAddress());
    }

    private String interfaces() {
        StringBuilder text = new StringBuilder("auto lo\niface lo inet loopback\n");
        NetworkPlan first = plan.network();
        text.append(String.format(
                Locale.ROOT,
                "auto eth0\niface eth0 inet static\n    address %s/%d\n    gateway %s\n",
                node.address().getHostAddress(),
                first.cidr().prefix(),
                first.gateway().getHostAddress()));
        node.address6()
                .ifPresent(address -> text.append(String.format(
                        Locale.ROOT,
                        "iface eth0 inet6 static\n    address %s/%d\n    gateway %s\n",
                        address,
                        Ula.PREFIX,
                        first.ula().orElseThrow().host(1))));
        for (Nic nic : node.nics()) {
            text.append(String.format(
                    Locale.ROOT,
                    "auto %1$s\niface %1$s inet static\n    address %2$s/%3$d\n",
                    nic.device(),
                    nic.address().getHostAddress(),
                    nic.network().cidr().prefix()));
        }
        return text.toString();
    }

    private static void open(Path file, String text) throws IOException {
        write(file, text, "rw-r--r--");
    }

    private static void secret(Path file, String text) throws IOException {
        write(file, text, "rw-------");
    }

    private static void write(Path file, String text, String mode) throws IOException {
        Files.createDirectories(file.getParent());
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(mode)));
        Files.writeString(file, text);
    }
}

package vmlab.kill;

import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import vmlab.engine.Engine;
import vmlab.engine.Machines;
import vmlab.kube.ClusterObjects;
import vmlab.plan.LabFolder;
import vmlab.ssh.KeyFiles;
import vmlab.ssh.NodeServer;

/**
 * Nodes that boot in no time: as soon as libvirt's test driver has started a machine, its sshd listens, with the host key in the lab's
 * folder, and its kubelet has reported the boot to the API. Of one that is off, the API keeps what it heard last.
 */
public final class PretendedNodes implements AutoCloseable {

    private static final Set<String> ENDS = Set.of("pressPowerButton", "cutPower", "remove");

    private final Engine engine;
    private final LabFolder folder;
    private final KubernetesClient client;
    private final int sshPort;
    private final Map<String, NodeServer> running = new ConcurrentHashMap<>();

    /** Nodes of the lab in {@code folder}, called {@code killed}, whose kubelets report through {@code client}. */
    public PretendedNodes(Engine engine, LabFolder folder, KubernetesClient client, int sshPort) {
        this.engine = engine;
        this.folder = folder;
        this.client = client;
        this.sshPort = sshPort;
    }

    /** The engine whose machines boot. */
    public Engine engine() {
        Machines machines = watched(Machines.class, engine.machines());
        return (Engine) Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {Engine.class},
                (proxy, method, arguments) -> method.getName().equals("machines")
                        ? machines
                        : invoked(() -> method.invoke(engine, arguments)));
    }

    private <T> T watched(Class<T> type, T real) {
        return type.cast(
                Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
                    Object result = invoked(() -> method.invoke(real, arguments));
                    // What interrupts a command interrupts no node.
                    boolean isInterrupted = Thread.interrupted();
                    if (method.getName().equals("start")) {
                        boot((String) arguments[0]);
                    } else if (ENDS.contains(method.getName())) {
                        end((String) arguments[0]);
                    }
                    if (isInterrupted) {
                        Thread.currentThread().interrupt();
                    }
                    return result;
                }));
    }

    private interface Invocation {
        Object of() throws ReflectiveOperationException;
    }

    private static Object invoked(Invocation invocation) throws Throwable {
        try {
            return invocation.of();
        } catch (InvocationTargetException error) {
            throw error.getCause();
        }
    }

    private void boot(String domain) throws IOException {
        String node = node(domain);
        String id = UUID.randomUUID().toString();
        String address = engine.inventory()
                .of("killed")
                .network()
                .orElseThrow()
                .addresses()
                .get(node);
        running.put(
                node,
                new NodeServer(
                        new InetSocketAddress(address, sshPort),
                        KeyFiles.read(folder.hostKey(node)),
                        KeyFiles.read(folder.sshKey()).publicKey(),
                        command -> switch (command) {
                            case "cat /proc/sys/kernel/random/boot_id" -> "echo " + id;
                            case "k0s kubeconfig admin" -> "cat '" + folder.ownKubeconfig() + "'";
                            default -> "exit 127";
                        }));
        report(node, id);
    }

    private void report(String node, String boot) {
        if (client.nodes().withName(node).get() == null) {
            Node registered = new NodeBuilder(ClusterObjects.openNode(node))
                    .editSpec()
                    .addNewTaint("NoSchedule", "somebody-elses", null, null)
                    .endSpec()
                    .build();
            client.resource(registered).create();
        }
        client.nodes().withName(node).edit(known -> new NodeBuilder(known)
                .editStatus()
                .editNodeInfo()
                .withBootID(boot)
                .endNodeInfo()
                .endStatus()
                .build());
    }

    private void end(String domain) {
        NodeServer sshd = running.remove(node(domain));
        if (sshd != null) {
            try {
                sshd.close();
            } catch (IOException error) {
                throw new UncheckedIOException(error);
            }
        }
    }

    /** The test driver's machines heed the button at once, whoever presses it. */
    private static String node(String domain) {
        return domain.substring(domain.indexOf('.') + 1);
    }

    @Override
    public void close() {
        Set.copyOf(running.keySet()).forEach(this::end);
    }
}

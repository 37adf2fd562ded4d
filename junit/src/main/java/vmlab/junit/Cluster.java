package vmlab.junit;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A lab that is up, with its Kubernetes cluster. Injected where a test's, or a life-cycle method's, parameter is one. */
public final class Cluster implements AutoCloseable {

    /** Of each request, in milliseconds. */
    private static final int PATIENCE = 120_000;

    private final String name;
    private final List<Invariant> invariants = new ArrayList<>();
    private Optional<KubernetesClient> client = Optional.empty();

    Cluster(String name) {
        this.name = name;
    }

    /**
     * The name that the command {@code lab} knows it by.
     *
     * @return the name
     */
    public String name() {
        return name;
    }

    /**
     * Its nodes.
     *
     * @return in the order of cluster.yaml
     */
    public List<Node> nodes() {
        Map<?, ?> status = Serialization.unmarshal(Program.must("status", name, "-o", "json"), Map.class);
        List<Node> nodes = new ArrayList<>();
        for (Object each : (List<?>) status.get("nodes")) {
            Map<?, ?> node = (Map<?, ?>) each;
            nodes.add(new Node(name, String.valueOf(node.get("name")), String.valueOf(node.get("address"))));
        }
        return List.copyOf(nodes);
    }

    /**
     * One of them.
     *
     * @param node its name
     * @return the node
     */
    public Node node(String node) {
        List<Node> all = nodes();
        return all.stream()
                .filter(each -> each.name().equals(node))
                .findFirst()
                .orElseThrow(() -> new LabException("lab " + name + " has no node " + node + ", but " + all));
    }

    /**
     * A client of its API, as its administrator; one for all who ask.
     *
     * @return it is closed with the cluster
     */
    public synchronized KubernetesClient client() {
        if (client.isEmpty()) {
            Config config = Config.fromKubeconfig(kubeconfig());
            // Lab's administrators have such keys; the client would guess, and not always well.
            config.setClientKeyAlgo("EC");
            // An emulated API beside others of its kind takes its time.
            config.setRequestTimeout(PATIENCE);
            config.setConnectionTimeout(PATIENCE);
            client = Optional.of(
                    new KubernetesClientBuilder().withConfig(config).build());
        }
        return client.get();
    }

    /**
     * The administrator's kubeconfig, which works from here.
     *
     * @return its text
     */
    public String kubeconfig() {
        return Program.must("kubeconfig", name);
    }

    /**
     * The same as a file, for programs.
     *
     * @param folder where it is written
     * @return the file
     * @throws IOException where it can't be
     */
    public Path kubeconfig(Path folder) throws IOException {
        return Files.writeString(folder.resolve(name + ".kubeconfig"), kubeconfig());
    }

    /**
     * Makes, or changes, what is described.
     *
     * @param yaml of one or several objects
     * @return what the API made of them
     */
    public List<HasMetadata> apply(String yaml) {
        // Without these dashes the client takes what begins with a brace for JSON.
        return client().load(new ByteArrayInputStream(("---\n" + yaml).getBytes(StandardCharsets.UTF_8)))
                .serverSideApply();
    }

    /**
     * Keeps this moment, memory and all.
     *
     * @param moment what it is called
     */
    public void snapshot(String moment) {
        Program.must("snapshot", "create", name, moment);
    }

    /**
     * Goes back to a moment that was kept.
     *
     * @param moment what it is called
     */
    public void restore(String moment) {
        Program.must("snapshot", "restore", name, moment);
    }

    /**
     * Brings a container image that its pods can run.
     *
     * @param image of docker or podman by name, or an archive
     */
    public void load(String image) {
        Program.must("load", name, image);
    }

    /** Switches on what is off, and waits until all nodes are Ready. */
    public void awaitReady() {
        Program.must("start", name);
    }

    /** What holds all the while; it throws where it does not. */
    @FunctionalInterface
    public interface Check {

        /**
         * Looks.
         *
         * @throws Exception or an error, which is the reason
         */
        void look() throws Exception;
    }

    /**
     * Looks time and again, from now on until the test ends or this is closed, whether something holds. Where it does not, the test ends at
     * once, with the reason.
     *
     * @param what in words, for the reason
     * @param every how long to wait in between
     * @param check looks
     * @return ends it when it is closed
     */
    public Invariant always(String what, Duration every, Check check) {
        Invariant invariant = new Invariant(what, every, check, Thread.currentThread());
        synchronized (invariants) {
            invariants.add(invariant);
        }
        return invariant;
    }

    /** Ends all that is looked at; the first that did not hold is why. */
    Optional<AssertionError> endInvariants() {
        synchronized (invariants) {
            invariants.forEach(Invariant::end);
            Optional<AssertionError> broken =
                    invariants.stream().flatMap(invariant -> invariant.broken().stream()).findFirst();
            invariants.clear();
            return broken;
        }
    }

    @Override
    public synchronized void close() {
        client.ifPresent(KubernetesClient::close);
        client = Optional.empty();
    }

    @Override
    public String toString() {
        return name;
    }
}

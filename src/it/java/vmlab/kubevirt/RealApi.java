package vmlab.kubevirt;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.NamedContextBuilder;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import vmlab.image.StandIn;
import vmlab.run.Environment;
import vmlab.run.Reading;
import vmlab.run.Run;

/**
 * A Kubernetes without nodes on the loopback: etcd, the API server and the controllers that empty namespaces, upstream's own programs from
 * the stand-in. With the definitions of KubeVirt and Multus it holds objects against the real schemas; nobody acts on them.
 */
final class RealApi implements AutoCloseable {

    /** Gives {@code user} what {@code --role} has. */
    static final String BINDING = """
            apiVersion: rbac.authorization.k8s.io/v1
            kind: ClusterRoleBinding
            metadata: {name: lab}
            roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: lab}
            subjects: [{apiGroup: rbac.authorization.k8s.io, kind: User, name: user}]
            """;

    private static final Run RUN = new Run(event -> {});
    private static final Duration LIMIT = Duration.ofMinutes(3);
    private static final String ADMIN = "admin-token";

    private final Path folder;
    private final List<Process> processes = new ArrayList<>();
    private final int port = freePort();

    private RealApi(Path folder) {
        this.folder = folder;
    }

    /** Starts one that keeps everything in {@code folder}. */
    static RealApi start(Path folder) throws Exception {
        RealApi api = new RealApi(folder);
        try {
            api.startPrograms(StandIn.program(cache()));
            return api;
        } catch (Exception | Error failed) {
            api.close();
            throw failed;
        }
    }

    private void startPrograms(Path standIn) throws Exception {
        for (String program : List.of("etcd", "kube-apiserver", "kube-controller-manager")) {
            Files.createSymbolicLink(folder.resolve(program), standIn);
        }
        keys();
        // One with all rights, one with those that a test gives it.
        Files.writeString(folder.resolve("tokens.csv"), ADMIN + ",admin,1,system:masters\nuser-token,user,2\n");
        String etcd = "http://127.0.0.1:" + freePort();
        String peers = "http://127.0.0.1:" + freePort();
        run("etcd", "--data-dir", "data", "--listen-client-urls", etcd, "--advertise-client-urls", etcd)
                .add("--listen-peer-urls", peers, "--unsafe-no-fsync", "--log-level", "error")
                .start();
        run("kube-apiserver", "--etcd-servers", etcd, "--bind-address", "127.0.0.1", "--secure-port", "" + port)
                .add("--service-account-issuer", "https://lab.test", "--service-account-key-file", "sa.pub")
                .add("--service-account-signing-key-file", "sa.key", "--token-auth-file", "tokens.csv")
                .add("--authorization-mode", "RBAC", "--cert-dir", "certs", "--service-cluster-ip-range", "10.0.0.0/24")
                .start();
        try (KubernetesClient client = client()) {
            RUN.await("", "the API", LIMIT).until(() -> answers(client));
        }
        run("kube-controller-manager", "--kubeconfig", kubeconfig(ADMIN).toString(), "--controllers")
                .add("namespace-controller,persistentvolumeclaim-protection-controller")
                .add("--leader-elect=false", "--secure-port", "0")
                .start();
    }

    private static Reading<String> answers(KubernetesClient client) {
        try {
            return "ok".equals(client.raw("/readyz"))
                    ? new Reading.Ready<>("")
                    : new Reading.NotYet<>("it is not ready");
        } catch (KubernetesClientException error) {
            return new Reading.NotYet<>(String.valueOf(error.getMessage()));
        }
    }

    private void keys() throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        KeyPair pair = generator.generateKeyPair();
        Files.writeString(
                folder.resolve("sa.key"), pem("PRIVATE KEY", pair.getPrivate().getEncoded()));
        Files.writeString(
                folder.resolve("sa.pub"), pem("PUBLIC KEY", pair.getPublic().getEncoded()));
    }

    private static String pem(String what, byte[] bytes) {
        return "-----BEGIN %s-----\n%s\n-----END %s-----\n"
                .formatted(what, Base64.getMimeEncoder().encodeToString(bytes), what);
    }

    /** A program to be started, its output in a file. */
    private record Command(RealApi api, String program, List<String> arguments) {

        Command add(String... more) {
            return new Command(
                    api,
                    program,
                    Stream.concat(arguments.stream(), Stream.of(more)).toList());
        }

        void start() throws IOException {
            List<String> words =
                    new ArrayList<>(List.of(api.folder.resolve(program).toString()));
            words.addAll(arguments);
            api.processes.add(Environment.process(words)
                    .directory(api.folder.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(api.folder.resolve(program + ".log").toFile())
                    .start());
        }
    }

    private Command run(String program, String... arguments) {
        return new Command(this, program, List.of(arguments));
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException error) {
            throw new IllegalStateException(error);
        }
    }

    private String url() {
        return "https://127.0.0.1:" + port;
    }

    /** With all rights. */
    KubernetesClient client() {
        return client(ADMIN);
    }

    /** With those that the test gave to {@code user}. */
    KubernetesClient userClient() {
        return client("user-token");
    }

    private KubernetesClient client(String token) {
        return new KubernetesClientBuilder()
                .withConfig(new ConfigBuilder()
                        .withAutoConfigure(false)
                        .withMasterUrl(url())
                        .withTrustCerts(true)
                        .withOauthToken(token)
                        .withCurrentContext(
                                new NamedContextBuilder().withName("real").build())
                        .withRequestRetryBackoffLimit(0)
                        .build())
                .build();
    }

    /** A kubeconfig of that user's. */
    Path kubeconfig(String token) throws IOException {
        String text = """
                apiVersion: v1
                kind: Config
                current-context: real
                clusters: [{name: real, cluster: {server: "%s", insecure-skip-tls-verify: true}}]
                users: [{name: user, user: {token: "%s"}}]
                contexts: [{name: real, context: {cluster: real, user: user}}]
                """.formatted(url(), token);
        return Files.writeString(folder.resolve(token + ".kubeconfig"), text);
    }

    /** Where the definitions of KubeVirt and Multus are; their licence is their own, so they are not the project's. */
    static Optional<Path> definitions() {
        return Stream.of(
                        Optional.ofNullable(System.getenv("KUBEVIRT_CRDS")).map(Path::of),
                        Optional.of(Path.of("../shared/kubevirt-crds")))
                .flatMap(Optional::stream)
                .filter(Files::isDirectory)
                .findFirst();
    }

    static boolean hasDefinitions() {
        return definitions().isPresent();
    }

    /** Where what tests build is kept. */
    static Path cache() {
        return Optional.ofNullable(System.getenv("LAB_CACHE"))
                .map(Path::of)
                .orElse(Path.of(System.getProperty("user.home"), ".cache", "lab"));
    }

    /** Gives a cluster what labs need of it besides: a storage class, a node, a KubeVirt that may emulate. */
    static void giveAll(KubernetesClient client) {
        client.resource("""
                        apiVersion: storage.k8s.io/v1
                        kind: StorageClass
                        metadata: {name: local, annotations: {storageclass.kubernetes.io/is-default-class: "true"}}
                        provisioner: lab.test/local
                        """).create();
        client.resource("apiVersion: v1\nkind: Node\nmetadata: {name: n1}\n").create();
        client.nodes()
                .withName("n1")
                .subresource("status")
                .patch(
                        PatchContext.of(PatchType.JSON_MERGE),
                        "{\"status\": {\"capacity\": {\"memory\": \"16Gi\"}, \"allocatable\": {\"memory\": \"16Gi\"}}}");
        client.nodes().withName("n1").edit(node -> {
            node.getSpec().setUnschedulable(null);
            node.getSpec().setTaints(List.of());
            return node;
        });
        client.resource("""
                        apiVersion: kubevirt.io/v1
                        kind: KubeVirt
                        metadata: {name: kubevirt, namespace: default}
                        spec: {configuration: {developerConfiguration: {useEmulation: true}}}
                        """).create();
        client.genericKubernetesResources(Kinds.KUBEVIRT)
                .inNamespace("default")
                .withName("kubevirt")
                .subresource("status")
                .patch(
                        PatchContext.of(PatchType.JSON_MERGE),
                        "{\"status\": {\"phase\": \"Deployed\", \"observedKubeVirtVersion\": \"v1.9.0\"}}");
    }

    /** Makes the kinds of KubeVirt and Multus known. */
    void install(Path definitions) throws IOException, InterruptedException {
        try (KubernetesClient client = client();
                Stream<Path> files = Files.list(definitions)) {
            for (Path file :
                    files.filter(path -> path.toString().endsWith(".yaml")).toList()) {
                GenericKubernetesResource definition =
                        Serialization.unmarshal(Files.readString(file), GenericKubernetesResource.class);
                client.resource(definition).create();
            }
            RUN.await("", "the definitions", LIMIT).until(() -> areKnown(client));
        }
    }

    private static Reading<String> areKnown(KubernetesClient client) {
        try {
            Stream.of(Kinds.MACHINE, Kinds.RUNNING, Kinds.KUBEVIRT, Kinds.NETWORK, Kinds.SNAPSHOT, Kinds.RESTORE)
                    .forEach(kind -> client.genericKubernetesResources(kind)
                            .inAnyNamespace()
                            .list());
            return new Reading.Ready<>("");
        } catch (KubernetesClientException notYet) {
            return new Reading.NotYet<>(String.valueOf(notYet.getMessage()));
        }
    }

    /** Ends the API server at once, as where its network fails. */
    void lose() {
        processes.get(1).destroyForcibly();
    }

    @Override
    public void close() throws Exception {
        for (Process process : processes.reversed()) {
            process.destroy();
            if (!process.waitFor(20, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor(20, TimeUnit.SECONDS);
            }
        }
    }
}

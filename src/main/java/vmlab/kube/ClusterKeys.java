package vmlab.kube;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import vmlab.run.AtomicFile;
import vmlab.run.AtomicFile.Readers;
import vmlab.run.LabFailure;

/**
 * The keys a cluster is born with. k0s keeps what it finds under {@code /var/lib/k0s/pki} and makes the rest, so the host can sign for
 * itself and for the nodes before any of them runs.
 *
 * @param files the text of each file by its path under the pki folder: {@code ca.crt}, {@code ca.key}, {@code front-proxy-ca.crt},
 *     {@code front-proxy-ca.key}, {@code etcd/ca.crt}, {@code etcd/ca.key}, {@code sa.key}, {@code sa.pub}
 */
public record ClusterKeys(Map<String, String> files) {

    /** The files there must be. */
    static final List<String> NAMES = List.of(
            "ca.crt",
            "ca.key",
            "front-proxy-ca.crt",
            "front-proxy-ca.key",
            "etcd/ca.crt",
            "etcd/ca.key",
            "sa.key",
            "sa.pub");

    /** Makes all of them, on as many threads as there are keys; about half a second of each processor. */
    public static ClusterKeys create() throws InterruptedException {
        Clock clock = Clock.systemUTC();
        var cluster = begin(() -> CertificateAuthority.create("kubernetes-ca", clock));
        var frontProxy = begin(() -> CertificateAuthority.create("kubernetes-front-proxy-ca", clock));
        var etcd = begin(() -> CertificateAuthority.create("etcd-ca", clock));
        var account = begin(CertificateAuthority::rsa);
        return new ClusterKeys(Map.of(
                "ca.crt", Pem.of(end(cluster).certificate()),
                "ca.key", Pem.pkcs8(end(cluster).key()),
                "front-proxy-ca.crt", Pem.of(end(frontProxy).certificate()),
                "front-proxy-ca.key", Pem.pkcs8(end(frontProxy).key()),
                "etcd/ca.crt", Pem.of(end(etcd).certificate()),
                "etcd/ca.key", Pem.pkcs8(end(etcd).key()),
                "sa.key", Pem.pkcs1(end(account).getPrivate()),
                "sa.pub", Pem.text("PUBLIC KEY", end(account).getPublic().getEncoded())));
    }

    /** Writes all of them below {@code pkiFolder}, or none of them; keys are readable by their owner only. */
    public void write(Path pkiFolder) {
        Path part = pkiFolder.resolveSibling(pkiFolder.getFileName() + AtomicFile.PART);
        files.forEach((name, text) ->
                SecretFiles.make(part.resolve(name), text, name.endsWith(".key") ? Readers.OWNER : Readers.ALL));
        try {
            Files.move(part, pkiFolder, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException error) {
            throw SecretFiles.failure("written", pkiFolder, error);
        }
    }

    /** Reads them back; a {@link LabFailure} names the file that is missing or broken. */
    public static ClusterKeys read(Path pkiFolder) {
        Map<String, String> texts = new LinkedHashMap<>();
        NAMES.forEach(name -> texts.put(name, SecretFiles.read(pkiFolder.resolve(name))));
        return new ClusterKeys(Map.copyOf(texts));
    }

    /** Whether {@link #write} has been here. */
    public static boolean exist(Path pkiFolder) {
        return NAMES.stream().allMatch(name -> Files.exists(pkiFolder.resolve(name)));
    }

    /** Until when the cluster's CA is good. */
    public Instant validUntil() {
        return Pem.validUntil(files.get("ca.crt"));
    }

    /**
     * A kubeconfig for the host's own probes, with a fresh key and a certificate of the cluster's CA in group system:masters: usable as
     * soon as the API server answers, without SSH.
     *
     * @param name what cluster, context and user are called
     * @param server {@code https://<address>:6443}
     */
    public Kubeconfig adminKubeconfig(String name, String server) {
        return adminKubeconfig(name, server, Clock.systemUTC());
    }

    /** The same, made at the time that {@code clock} shows. */
    public Kubeconfig adminKubeconfig(String name, String server, Clock clock) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            KeyPair pair = generator.generateKeyPair();
            var authority =
                    new CertificateAuthority(Pem.certificate(files.get("ca.crt")), Pem.rsaPkcs8(files.get("ca.key")));
            X509Certificate certificate = authority.client("lab-admin", "system:masters", pair.getPublic(), clock);
            return new Kubeconfig(name, server, files.get("ca.crt"), Pem.of(certificate), Pem.pkcs8(pair.getPrivate()));
        } catch (GeneralSecurityException error) {
            throw failure(error);
        }
    }

    private static <T> FutureTask<T> begin(Callable<T> making) {
        var task = new FutureTask<>(making);
        Thread.ofPlatform().daemon().start(task);
        return task;
    }

    private static <T> T end(FutureTask<T> task) throws InterruptedException {
        try {
            return task.get();
        } catch (ExecutionException error) {
            throw failure(error.getCause());
        }
    }

    private static LabFailure failure(Throwable error) {
        return LabFailure.lab(
                        "the cluster's keys can't be made or used",
                        "" + error.getMessage(),
                        "lab down and lab up make new ones")
                .causedBy(error);
    }
}

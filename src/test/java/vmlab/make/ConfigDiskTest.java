package vmlab.make;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vmlab.image.BootImage;
import vmlab.kube.ClusterKeys;
import vmlab.kube.Standing;
import vmlab.plan.Accelerator;
import vmlab.plan.AppliedSpec;
import vmlab.plan.Clusters;
import vmlab.plan.Inventory;
import vmlab.plan.LabFolder;
import vmlab.plan.Mark;
import vmlab.plan.NodePlan;
import vmlab.plan.Plan;
import vmlab.site.FolderTree;
import vmlab.spec.Bytes;
import vmlab.spec.Cidr;
import vmlab.spec.Cluster;
import vmlab.spec.Specs;
import vmlab.ssh.KeyFiles;

/** What each node is given: what it cannot do without, and no more. */
class ConfigDiskTest {

    private static final Cidr NETWORK = Cidr.parse("10.77.0.0/24");

    @TempDir
    static Path home;

    private static LabFolder folder;

    @BeforeAll
    static void keys() throws InterruptedException {
        folder = LabFolder.of(home, "demo");
        FolderTree.createPrivate(folder.path());
        ClusterKeys.create().write(folder.pki());
        KeyFiles.readOrMake(folder.sshKey(), "lab demo");
    }

    @TempDir
    Path disk;

    @Test
    void aControllerAloneHoldsTheKeysAndNoTokenOfControllers() throws IOException {
        assertThat(lay(Clusters.ofNodes("demo", 2), 0))
                .contains("state/pki/ca.key", "state/pki/etcd/ca.key", "state/manifests/lab/join-token.yaml")
                .doesNotContain("state/manifests/lab/controller-token.yaml", "root/etc/k0s/token");
    }

    @Test
    void theFirstOfSeveralControllersMakesTheTokenOfTheOthersValid() throws IOException {
        assertThat(lay(Clusters.ofControllers("demo", 3), 0))
                .contains("state/pki/ca.key", "state/manifests/lab/controller-token.yaml")
                .doesNotContain("root/etc/k0s/token");
    }

    @Test
    void aControllerThatJoinsHoldsATokenAndNoKey() throws IOException {
        assertThat(lay(Clusters.ofControllers("demo", 3), 2))
                .contains("root/etc/k0s/token", "root/etc/k0s/k0s.yaml")
                .noneMatch(file -> file.startsWith("state/"));
        assertThat(token()).contains("controller-bootstrap", "https://10.77.0.1:9443");
        assertThat(Files.readString(disk.resolve("root/etc/conf.d/k0s"))).contains("--token-file=/etc/k0s/token");
    }

    @Test
    void eachNodeKnowsTheRangeOfServicesSoThatItCanRefuseWhatIsNotThere() throws IOException {
        lay(Clusters.ofNodes("demo", 2), 1);
        assertThat(disk.resolve("root/etc/conf.d/lab-kernel")).content().isEqualTo("SERVICE_RANGE='10.96.0.0/12'\n");
    }

    @Test
    void aWorkerHoldsNoKeyAndNoTokenOfControllers() throws IOException {
        assertThat(lay(Clusters.ofNodes("demo", 2), 1))
                .contains("root/etc/k0s/token")
                .noneMatch(file -> file.startsWith("state/"));
        assertThat(token())
                .contains("kubelet-bootstrap", "https://10.77.0.11:6443")
                .doesNotContain("controller");
    }

    @Test
    void aStateDiskIsMadeOnceAndNeverFormattedAgain() throws IOException, InterruptedException {
        Plan plan = Plan.of(Clusters.ofNodes("demo", 1), NETWORK);
        var image = new BootImage("debian", "a".repeat(64), home, "v1", Map.of());
        NodeDisks disks = new NodeDisks(
                new Bootable(plan, Accelerator.TCG, Inventory.EMPTY, image),
                plan.nodes().getFirst(),
                folder,
                false);
        disks.make();
        String first = filesystem("n0");
        Files.delete(folder.configDisk("n0"));

        disks.make();
        disks.renew();

        assertThat(filesystem("n0")).isEqualTo(first);
        assertThat(folder.configDisk("n0")).exists();
    }

    @Test
    void whatClusterYamlSaysIsNeverRunByAShellOnTheNode() throws Exception {
        Path canary = home.resolve("canary");
        String run = "$(touch${IFS}" + canary + ")`touch${IFS}" + canary + "`;touch${IFS}" + canary + "\\";
        lay(
                cluster("nodes: [{name: cp, labels: {tier: fast}, taints: ['gpu:NoExecute'], kubeletArgs: ['--node-ip="
                        + run + "', --max-pods=50]}]\n"),
                0);

        // OpenRC sources the file, and evaluates the words of the command line once more.
        Path settings = disk.resolve("root/etc/conf.d/k0s");
        List<String> words = shell(". " + settings + "; eval \"set -- $K0S_ARGS\"; printf '%s\\n' \"$@\"");

        assertThat(words).contains("--labels=tier=fast", "--taints=gpu:NoExecute");
        assertThat(words.getLast()).isEqualTo("--kubelet-extra-args=--node-ip=" + run + " --max-pods=50");
        assertThat(canary).doesNotExist();
    }

    @Test
    void theCredentialsOfARepositoryLieWhereOnlyRootReadsThem() throws Exception {
        lay(cluster("nodes: [{name: cp}]\nprovision: {git: 'https://TOKEN@git.example/r.git'}\n"), 0);

        Path settings = disk.resolve("root/etc/conf.d/provision");
        assertThat(shell(". " + settings + "; echo $PROVISION_URL $PROVISION_KEY"))
                .containsExactly("https://git.example/r.git /etc/lab/provision.key");
        assertThat(Files.readString(settings)).doesNotContain("TOKEN");
        Path key = disk.resolve("root/etc/lab/provision.key");
        assertThat(key).content().isEqualTo("https://TOKEN:@git.example\n");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(key)))
                .isEqualTo("rw-------");
    }

    private Cluster cluster(String rest) throws IOException {
        Files.writeString(disk.resolve("recipe.yaml"), "");
        return Specs.readCluster(Files.writeString(
                disk.resolve("cluster.yaml"), "apiVersion: lab/v1\nname: demo\nimage: recipe.yaml\n" + rest));
    }

    private static List<String> shell(String script) throws IOException, InterruptedException {
        Process sh = new ProcessBuilder("sh", "-euc", script)
                .redirectErrorStream(true)
                .start();
        List<String> said = sh.inputReader().lines().toList();
        assertThat(sh.waitFor()).as(said.toString()).isZero();
        return said;
    }

    /** The file system's UUID, which mke2fs draws. */
    private static String filesystem(String node) throws IOException {
        byte[] superblock = new byte[16];
        try (RandomAccessFile disk = new RandomAccessFile(folder.stateDisk(node).toFile(), "r")) {
            disk.seek(1024 + 0x68);
            disk.readFully(superblock);
        }
        return HexFormat.of().formatHex(superblock);
    }

    @Test
    void aFirstControllerThatIsMadeAgainJoinsTheOthers() {
        Plan plan = Plan.of(Clusters.ofControllers("demo", 3), NETWORK);
        NodePlan first = plan.nodes().getFirst();
        var second = new Inventory.DomainFound(
                "lab-demo.n1",
                new Mark("demo", "id", "/home", "n1", "", "1"),
                AppliedSpec.UNKNOWN,
                true,
                "running",
                Bytes.gib(2),
                2,
                Accelerator.TCG);

        assertThat(K0sFiles.standing(plan, first, Inventory.EMPTY)).isEqualTo(Standing.FIRST);
        assertThat(K0sFiles.standing(plan, first, new Inventory(List.of(), List.of(second))))
                .isEqualTo(Standing.JOINS);
    }

    /** Lays the disk of the node with this index out, and returns what lies on it. */
    private List<String> lay(Cluster cluster, int index) throws IOException {
        Plan plan = Plan.of(cluster, NETWORK);
        NodePlan node = plan.nodes().get(index);
        KeyFiles.readOrMake(folder.hostKey(node.name()), node.name());
        new ConfigDisk(plan, node, K0sFiles.standing(plan, node, Inventory.EMPTY), folder).lay(disk);
        try (var files = Files.walk(disk)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> disk.relativize(file).toString())
                    .toList();
        }
    }

    /** The kubeconfig in the token that lies on the disk. */
    private String token() throws IOException {
        byte[] packed = Base64.getDecoder().decode(Files.readString(disk.resolve("root/etc/k0s/token")));
        try (var unpacked = new GZIPInputStream(new ByteArrayInputStream(packed))) {
            return new String(unpacked.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}

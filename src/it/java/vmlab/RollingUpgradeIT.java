package vmlab;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two nodes get another image, one after the other: what runs on the worker moves to the other node before the worker goes. */
@Tag("long")
@WithinMinutes(40)
class RollingUpgradeIT {

    private static final String CLUSTER = """
            apiVersion: lab/v1
            name: rolling
            image: %s
            nodes:
              - {name: cp, role: controller+worker, cpus: 2, memory: 3GiB, boot: direct}
              - {name: w1, role: worker, cpus: 2, memory: 2GiB, boot: direct}
            """;

    /** A pod that prefers the worker and is made anew where it is evicted. */
    private static final String WORKLOAD = """
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: mobile}
            spec:
              selector: {matchLabels: {app: mobile}}
              template:
                metadata: {labels: {app: mobile}}
                spec:
                  terminationGracePeriodSeconds: 1
                  affinity:
                    nodeAffinity:
                      preferredDuringSchedulingIgnoredDuringExecution:
                        - weight: 100
                          preference:
                            matchExpressions: [{key: kubernetes.io/hostname, operator: In, values: [w1]}]
                  containers: [{name: c, image: registry.k8s.io/e2e-test-images/agnhost:2.63.0, args: [pause]}]
            """;

    private static final String WHERE = "k0s kubectl get pods -l app=mobile -o jsonpath='{.items[*].spec.nodeName}'";

    @TempDir
    static Path folder;

    @Test
    void aWorkerIsDrainedBeforeItGoes() throws IOException, InterruptedException {
        Path home = Files.createTempDirectory("lab-it");
        LabCommand lab = new LabCommand(home);
        String file = Files.writeString(
                        folder.resolve("rolling.yaml"),
                        CLUSTER.formatted(Path.of("images/debian-standin.yaml").toAbsolutePath()))
                .toString();
        Path edition = Recipes.in(Files.createTempDirectory(folder, "recipes"))
                .withFile("edition", "etc/edition", List.of("second"));
        try {
            LabCommand.Result up = lab.run("up", file);
            assertThat(up.exit()).as(up.err()).isZero();
            on(lab, "cp", "k0s kubectl apply -f - <<'E'\n" + WORKLOAD + "E");
            on(lab, "cp", "k0s kubectl rollout status deployment mobile --timeout=120s");
            assertThat(on(lab, "cp", WHERE)).isEqualTo("w1");
            moreMemoryIsGivenInPlace(lab, Path.of(file));
            theWorkerIsCutOffAndComesBack(lab);

            LabCommand.Result upgrade = lab.run("upgrade", file, "--image", edition.toString());
            System.out.println(upgrade.err());
            assertThat(upgrade.exit()).as(upgrade.err()).isZero();
            assertThat(upgrade.out()).contains("w1, cp run another image");
            assertThat(on(lab, "w1", "cat /etc/edition")).isEqualTo("second\n");
            assertThat(on(lab, "cp", "cat /etc/edition")).isEqualTo("second\n");
            assertThat(on(lab, "cp", "k0s kubectl get nodes")).doesNotContain("NotReady", "SchedulingDisabled");
            assertThat(on(lab, "cp", WHERE))
                    .as("it left w1 for cp, and cp for w1 when that was drained")
                    .isEqualTo("w1");

            LabCommand.Result rollback = lab.run("rollback", file, "w1");
            System.out.println(rollback.err());
            assertThat(rollback.exit()).as(rollback.err()).isZero();
            assertThat(rollback.err()).doesNotContain("cp: ");
            assertThat(on(lab, "w1", "ls /etc/edition 2>&1")).contains("No such file");
            assertThat(on(lab, "cp", "cat /etc/edition")).isEqualTo("second\n");
            assertThat(on(lab, "cp", WHERE)).as("drained to where it still is").isEqualTo("cp");
            assertThat(lab.run("plan", file).out()).contains("nothing to do");
        } finally {
            lab.run("down", "rolling");
        }
        Leftovers.assertNone(home);
        Leftovers.removeHome(home);
    }

    /** The worker restarts, and what ran on it is there again. */
    private static void moreMemoryIsGivenInPlace(LabCommand lab, Path file) throws IOException, InterruptedException {
        Files.writeString(file, Files.readString(file).replace("2GiB", "2200MiB"));
        assertThat(lab.run("plan", file.toString()).out()).contains("restart: memory 2GiB → 2.15GiB");
        LabCommand.Result edit = lab.run("up", file.toString());
        System.out.println(edit.err());
        assertThat(edit.exit()).as(edit.err()).isZero();
        assertThat(edit.err()).contains("w1 is back").doesNotContain("cp is back");
        assertThat(lab.run("status", "rolling").out()).contains("2.15GiB");
        assertThat(on(lab, "cp", "k0s kubectl get nodes")).doesNotContain("NotReady", "SchedulingDisabled");
        on(lab, "cp", "k0s kubectl delete pod -l app=mobile --wait");
        on(lab, "cp", "k0s kubectl rollout status deployment mobile --timeout=120s");
        assertThat(on(lab, "cp", WHERE)).as("drained from w1, which it prefers").isEqualTo("w1");
    }

    private static void theWorkerIsCutOffAndComesBack(LabCommand lab) throws IOException, InterruptedException {
        // A connection takes a frame each way, of which each is one of two that are lost.
        LabCommand.Result lossy = lab.run("link", "rolling", "w1", "--loss", "50%", "--rate", "10mbit");
        assertThat(lossy.out()).containsPattern("w1 +\\(first\\) +loss 50%, rate 10mbit");
        String connected = on(
                lab, "cp", "for i in $(seq 40); do timeout 0.5 bash -c '</dev/tcp/w1/10250' && echo ok; done | wc -l");
        assertThat(Integer.parseInt(connected.strip())).isBetween(1, 30);
        assertThat(lab.run("link", "rolling", "--reset").out()).doesNotContain("loss");

        LabCommand.Result test = lab.run("test", "rolling", "--suite", "partition");
        System.out.println(test.err());
        assertThat(test.exit()).as(test.err()).isZero();
        assertThat(test.out()).contains("2 of 5 checks passed, 3 skipped");
        assertThat(lab.run("link", "rolling").out()).contains("well").doesNotContain("down", "partition");
    }

    private static String on(LabCommand lab, String node, String command) throws IOException, InterruptedException {
        return lab.run("ssh", "rolling", "--node", node, "--", command).out();
    }
}

package vmlab.change;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import vmlab.image.Artifact;
import vmlab.image.BootImage;
import vmlab.kube.ClusterKeys;
import vmlab.kube.Kubeconfig;
import vmlab.libvirt.Hypervisor;
import vmlab.libvirt.TestDriver;
import vmlab.machine.Ext4;
import vmlab.make.Bootable;
import vmlab.make.Started;
import vmlab.plan.Accelerator;
import vmlab.plan.Clusters;
import vmlab.plan.LabFolder;
import vmlab.plan.NodePlan;
import vmlab.plan.Plan;
import vmlab.ready.ClusterUp;
import vmlab.spec.Bytes;
import vmlab.spec.Cidr;
import vmlab.ssh.KeyFiles;

/** A lab of two on libvirt's test driver, with keys and disks, whose API answers elsewhere. Its nodes are of another image than is wanted. */
record StandIn(Hypervisor hypervisor, LabFolder folder, String api) {

    /** On the loopback, so that whoever looks for its nodes asks nobody else. */
    static final Plan PLAN = Plan.of(Clusters.ofNodes("demo", 2), Cidr.parse("127.77.9.0/24"));

    static final NodePlan WORKER = PLAN.nodes().getLast();

    private static final BootImage WANTED = new BootImage(
            "debian", "d".repeat(64), Path.of("/images"), "v1", Map.of("root.squashfs", new Artifact(1, "b")));

    void make() throws InterruptedException {
        ClusterKeys keys = ClusterKeys.create();
        keys.write(folder.pki());
        keys.adminKubeconfig("demo", api).write(folder.ownKubeconfig());
        KeyFiles.readOrMake(folder.sshKey(), "lab demo");
        for (NodePlan node : PLAN.nodes()) {
            Ext4.make(folder.stateDisk(node.name()), Bytes.mib(8), "state", Optional.empty());
            Ext4.make(folder.configDisk(node.name()), Bytes.mib(8), "config", Optional.empty());
            hypervisor.machines().define(TestDriver.machine(PLAN, node));
        }
    }

    /** As a run has it that found all as it is now. */
    ClusterUp found() {
        Bootable lab =
                new Bootable(PLAN, Accelerator.PRETENDED, hypervisor.inventory().of("demo"), WANTED);
        var access = Kubeconfig.read(folder.ownKubeconfig());
        return new ClusterUp(new Started(lab, Set.of()), folder.kubeconfig(), access);
    }
}

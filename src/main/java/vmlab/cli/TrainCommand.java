package vmlab.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import vmlab.engine.Engine;
import vmlab.engine.MachineRequest;
import vmlab.engine.NetworkRequest;
import vmlab.kube.ClusterKeys;
import vmlab.kube.FirstLook;
import vmlab.kube.KubeApi;
import vmlab.kube.Kubeconfig;
import vmlab.machine.Machine;
import vmlab.observe.EventText;
import vmlab.observe.Status;
import vmlab.plan.Accelerator;
import vmlab.plan.AppliedSpec;
import vmlab.plan.FreeCidr;
import vmlab.plan.LabFolder;
import vmlab.plan.Mark;
import vmlab.plan.Plan;
import vmlab.run.Event;
import vmlab.run.EventLog;
import vmlab.run.MilestoneName;
import vmlab.run.PhaseName;
import vmlab.spec.KubevirtCluster;
import vmlab.spec.Specs;
import vmlab.ssh.SshKeyPair;

/**
 * {@code lab train}: walks through what {@code up} does, without a machine and without leaving a trace, so that the launcher's class
 * archive knows the classes. Whatever fails here only makes a later command slower.
 */
@Command(name = "train", hidden = true, description = "Lists classes for the launcher's archive.")
final class TrainCommand implements Callable<Integer> {

    private static final Mark MARK = new Mark("train", "", "", "cp", "", "");

    @Override
    public Integer call() throws IOException, InterruptedException {
        Surroundings here = Surroundings.forImages();
        Plan plan = Plan.of(
                Specs.readCluster(here.installation().resolve("labs/single.yaml")),
                FreeCidr.first(Machine.networks()).orElseThrow());
        SshKeyPair.generate("train").privateText();
        libvirt(plan, here.home());
        kubernetes();
        events();
        Main.commandLine().execute("--help");
        return Main.commandLine(new String[] {"list"}).execute("list");
    }

    private static void libvirt(Plan plan, Path home) throws InterruptedException {
        LabFolder folder = LabFolder.of(home, "train");
        try (Engine libvirtsOwnTestDriver = Engines.connect("test:///default", true)) {
            libvirtsOwnTestDriver
                    .networks()
                    .define(new NetworkRequest(
                            plan, plan.network(), MARK, folder.tftp(), "http://127.0.0.1/boot.ipxe"));
            libvirtsOwnTestDriver.networks().start(plan.network().name());
            libvirtsOwnTestDriver
                    .machines()
                    .define(new MachineRequest(
                            plan,
                            plan.controller(),
                            MARK,
                            AppliedSpec.UNKNOWN,
                            folder,
                            Accelerator.PRETENDED,
                            new MachineRequest.Boot(home, home, "", Optional.empty())));
            Status.of("train", "", libvirtsOwnTestDriver.inventory().of("train"), home);
        }
    }

    /** What status, logs and report read. */
    private static void events() throws IOException {
        Path file = Files.createTempFile("train", ".jsonl");
        List<Event> told = List.of(
                new Event.PhaseDone(Instant.EPOCH, PhaseName.IMAGE.toString(), Duration.ZERO, ""),
                new Event.Milestone(Instant.EPOCH, "cp", MilestoneName.SSHD.toString(), ""),
                new Event.Served(Instant.EPOCH, "cp", "/", 200, 0, Duration.ZERO),
                new Event.Leased(Instant.EPOCH, "cp", "", ""),
                new Event.Lifecycle(Instant.EPOCH, "cp", "started", "booted"));
        Files.write(file, told.stream().map(EventLog::line).toList());
        EventLog.read(file).forEach(EventText::of);
        Files.delete(file);
    }

    private static void kubernetes() throws IOException, InterruptedException {
        try (TrainingApi server = new TrainingApi()) {
            Kubeconfig access = ClusterKeys.create().adminKubeconfig("train", server.url());
            try (KubeApi api = KubeApi.of(access)) {
                api.look(Set.of("cp"));
            }
            cluster(server);
            // TLS, which it does not understand: nobody is answered after that.
            FirstLook.isReady(access.at(server.url().replace("http:", "https:")), Set.of("cp"));
        }
    }

    /** What {@code list} reads of a cluster with KubeVirt; Fabric8 finds the kubeconfig by this property, too. */
    private static void cluster(TrainingApi server) throws IOException {
        Path kubeconfig = Files.createTempFile("train", ".kubeconfig");
        Files.writeString(kubeconfig, """
                apiVersion: v1
                kind: Config
                current-context: train
                clusters: [{name: train, cluster: {server: "%s"}}]
                users: [{name: train, user: {token: train}}]
                contexts: [{name: train, context: {cluster: train, user: train}}]
                """.formatted(server.url()));
        System.setProperty("kubeconfig", kubeconfig.toString());
        Surroundings here = Surroundings.forImages();
        try (Engine engine = Engines.connect(
                KubevirtCluster.parse("kubevirt:train").orElseThrow(), here.cache(), here.installation())) {
            engine.inventory();
        } finally {
            Files.delete(kubeconfig);
        }
    }
}

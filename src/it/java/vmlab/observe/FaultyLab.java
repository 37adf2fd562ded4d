package vmlab.observe;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;
import vmlab.MachinePace;
import vmlab.boot.BootConfig;
import vmlab.boot.BootServer;
import vmlab.diagnose.Diagnosis;
import vmlab.diagnose.Evidence;
import vmlab.diagnose.EvidenceFile;
import vmlab.diagnose.Finding;
import vmlab.image.Artifact;
import vmlab.image.BootImage;
import vmlab.libvirt.LabWatch;
import vmlab.libvirt.Redefinition;
import vmlab.make.Bootable;
import vmlab.make.CheckHost;
import vmlab.make.Checked;
import vmlab.make.Decide;
import vmlab.make.DefineNetwork;
import vmlab.make.EarlyKeys;
import vmlab.make.PowerOnNodes;
import vmlab.make.PrepareNodes;
import vmlab.make.Resolved;
import vmlab.make.ServeBoot;
import vmlab.make.Started;
import vmlab.plan.LabFolder;
import vmlab.plan.NodePlan;
import vmlab.ready.AwaitSsh;
import vmlab.ready.FetchKubeconfig;
import vmlab.ready.LoggedIn;
import vmlab.run.Event;
import vmlab.run.EventLog;
import vmlab.run.Events;
import vmlab.run.LabFailure;
import vmlab.run.Run;
import vmlab.run.Scope;
import vmlab.site.FolderTree;
import vmlab.site.LastLines;
import vmlab.site.Site;
import vmlab.spec.Specs;

/** A lab of one node with one thing wrong, made by the phases that {@code up} consists of, and what the waits say of it. */
final class FaultyLab {

    /** After so long a wait ends in any case: long enough for a busy machine. */
    static final Duration LIMIT = limit();

    final Fault fault;
    private final Site site;
    private final Path out;
    private final BootImage whole;
    private final List<Event> events = new CopyOnWriteArrayList<>();
    private final List<Process> kept = new CopyOnWriteArrayList<>();
    Bootable lab;

    FaultyLab(Site site, Path out, BootImage whole, Fault fault) {
        this.site = site;
        this.out = out;
        this.whole = whole;
        this.fault = fault;
    }

    private static Duration limit() {
        try {
            return MachinePace.here().of(Duration.ofMinutes(4));
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }

    static String name(Fault fault) {
        return "fault-" + fault.id();
    }

    /** Makes the fault and waits for the verdict. What was made stays. */
    Verdict run(int number) throws InterruptedException, IOException {
        Path own = Files.createTempDirectory(out, fault.id() + "-");
        EventLog log = new EventLog(site.folder(name(fault)).events());
        Events heard = event -> {
            log.emit(event);
            events.add(event);
        };
        Run run = new Run(heard);
        Checked checked = run.perform(new CheckHost(site, false), Specs.readCluster(yaml(own, name(fault), number)));
        lab = run.perform(new Decide(), new Resolved(checked, faultyImage(own)));
        run.perform(new PrepareNodes(site, EarlyKeys.begin(false)), lab);
        fault.disks().on(this);
        run.perform(new DefineNetwork(site), lab);
        redefineNetwork(fault.network());
        serve(heard);
        Started started = run.perform(new PowerOnNodes(site), lab);
        Instant on = Instant.now();
        try (EvidenceClock clock = new EvidenceClock(folder().serialLog("n"))) {
            fault.machine().on(this);
            return verdict(started, run, on, clock);
        } finally {
            kept.forEach(Process::destroy);
            FolderTree.delete(own);
        }
    }

    /** Ends a program of the fault's with the lab. */
    void keep(Process process) {
        kept.add(process);
    }

    private Path yaml(Path own, String name, int number) throws IOException {
        return Files.writeString(own.resolve("cluster.yaml"), """
                apiVersion: lab/v1
                name: %s
                image: %s
                network: {cidr: 10.78.%d.0/24}
                timeouts: {boot: %ds, ready: %ds}
                nodes: [{name: n, role: single, cpus: 1, memory: 1536MiB, disk: 4GiB, boot: %s}]
                %s
                """.formatted(
                        name,
                        Path.of("images/debian-standin.yaml").toAbsolutePath(),
                        number,
                        LIMIT.toSeconds(),
                        LIMIT.toSeconds(),
                        fault.boot(),
                        fault.more()));
    }

    private Verdict verdict(Started started, Run run, Instant on, EvidenceClock clock) throws InterruptedException {
        try (Scope scope = new Scope()) {
            LoggedIn in = run.perform(new AwaitSsh(site, scope), started);
            if (fault.last() == Fault.Wait.K0S) {
                run.perform(new FetchKubeconfig(site), in);
            }
            return lookedAt(on, clock, "no wait failed");
        } catch (LabFailure failure) {
            return lookedAt(on, clock, failure.why());
        }
    }

    /** What {@code lab diagnose} names first, now that the wait has ended. */
    private Verdict lookedAt(Instant on, EvidenceClock clock, String told) throws InterruptedException {
        Instant end = Instant.now();
        Evidence full = evidence().full();
        Diagnosis diagnosis = Diagnosis.of(full);
        Optional<Finding> found = diagnosis.certain().or(diagnosis::first);
        Optional<Instant> there = found.flatMap(cause -> clock.whenSaid(
                cause.evidence(),
                events.stream().filter(event -> event.at().isBefore(end)).toList()));
        Verdict verdict = Verdict.of(fault, found, told, on, end, there);
        keep(full, diagnosis, verdict);
        return verdict;
    }

    private void keep(Evidence full, Diagnosis diagnosis, Verdict verdict) {
        try {
            Path kept = Files.createDirectories(out.resolve("kept").resolve(fault.id()));
            EvidenceFile.write(full, kept);
            Files.writeString(kept.resolve("diagnosis.txt"), verdict + "\n" + DiagnosisText.of(List.of(diagnosis)));
            new Recording(full, verdict).write(kept.resolve(fault.expected() + ".txt"));
            Files.copy(folder().serialLog("n"), kept.resolve("serial.log"));
        } catch (IOException none) {
            // Some faults leave no console.
        }
    }

    /** Returns once the node's console says so. */
    void awaitConsole(String words) throws InterruptedException {
        Instant limit = Instant.now().plus(LIMIT);
        while (!LastLines.tail(folder().serialLog("n")).contains(words)
                && Instant.now().isBefore(limit)) {
            Thread.sleep(50);
        }
    }

    NodeEvidence evidence() {
        NodePlan node = node();
        return new NodeEvidence(
                site, folder(), node.name(), node.domain(), node.address().getHostAddress());
    }

    NodePlan node() {
        return lab.plan().nodes().getFirst();
    }

    LabFolder folder() {
        return site.folder(lab.plan().lab());
    }

    /** Defines and starts the machine anew with another description. */
    void redefineMachine(UnaryOperator<String> change) {
        Redefinition.ofMachine(site.engine(), node().domain(), change);
        site.engine().machines().start(node().domain());
    }

    private void redefineNetwork(UnaryOperator<String> change) {
        Redefinition.ofNetwork(site.engine(), lab.plan().network().name(), change);
    }

    private void serve(Events log) throws IOException {
        BootConfig config = fault.config().apply(new ServeBoot(site).config(lab, folder()));
        config.write(folder().bootConfig());
        if (fault.serves()) {
            new BootServer(config, log).start();
        }
        Map<String, String> nodes = new HashMap<>();
        nodes.put(node().mac(), "n");
        LabWatch.begin("qemu:///system", lab.plan().lab(), nodes, log);
    }

    /** Links to the files of the whole image, some of them replaced. */
    private BootImage faultyImage(Path own) throws IOException, InterruptedException {
        Path folder = Files.createDirectory(own.resolve(whole.digest()));
        for (String file : List.of("vmlinuz", "initrd", "root.squashfs", "image.json")) {
            Files.createSymbolicLink(folder.resolve(file), whole.folder().resolve(file));
        }
        fault.image().in(folder);
        Map<String, Artifact> files = fault.rebuilt() ? sumsAnew(folder) : whole.files();
        return new BootImage(whole.name(), whole.digest(), folder, whole.k0s(), files);
    }

    private static Map<String, Artifact> sumsAnew(Path folder) throws IOException {
        JsonMapper json = new JsonMapper();
        Path description = folder.resolve("image.json");
        ObjectNode all = (ObjectNode) json.readTree(description.toFile());
        Map<String, Artifact> files = new HashMap<>();
        for (String name : List.of("vmlinuz", "initrd", "root.squashfs")) {
            Path file = folder.resolve(name);
            files.put(name, new Artifact(Files.size(file), sha256(Files.readAllBytes(file))));
            all.withObject("files").set(name, json.valueToTree(files.get(name)));
        }
        Files.delete(description);
        json.writeValue(description.toFile(), all);
        return files;
    }

    private static String sha256(byte[] all) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(all));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}

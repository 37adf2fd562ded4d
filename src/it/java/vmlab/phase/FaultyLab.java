package vmlab.phase;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
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
import java.util.function.UnaryOperator;
import vmlab.boot.BootConfig;
import vmlab.boot.BootServer;
import vmlab.diagnose.Diagnosis;
import vmlab.diagnose.Finding;
import vmlab.host.LabWatch;
import vmlab.image.Artifact;
import vmlab.image.BootImage;
import vmlab.plan.NodePlan;
import vmlab.run.EventLog;
import vmlab.run.LabFailure;
import vmlab.run.Run;
import vmlab.run.Scope;
import vmlab.spec.Specs;

/** A lab of one node with one thing wrong, made by the phases that {@code up} consists of, and what the waits say of it. */
final class FaultyLab {

    /** What came of a fault: the verdict's cause, text, when it came after power-on and after its evidence was there. */
    record Verdict(String fault, String cause, String text, double afterPowerOn, double afterEvidence) {}

    private static final Duration LIMIT = Duration.ofSeconds(120);

    final Site site;
    final Path home;
    private final BootImage whole;
    private final Fault fault;
    Bootable lab;

    FaultyLab(Site site, Path home, BootImage whole, Fault fault) {
        this.site = site;
        this.home = home;
        this.whole = whole;
        this.fault = fault;
    }

    /** Makes the fault, waits for the verdict, and removes everything. */
    Verdict run(int number) throws InterruptedException, IOException {
        String name = "fault-" + fault.id();
        Path yaml = home.resolve(name + ".yaml");
        Files.writeString(yaml, """
                apiVersion: lab/v1
                name: %s
                image: %s
                network: {cidr: 10.78.%d.0/24}
                timeouts: {boot: 2m, ready: 2m}
                nodes: [{name: n, role: single, cpus: 1, memory: %s, disk: 4GiB, boot: %s}]
                %s
                """.formatted(
                        name,
                        Path.of("images/debian-standin.yaml").toAbsolutePath(),
                        number,
                        fault.memory(),
                        fault.boot(),
                        fault.more()));
        var log = new EventLog(site.folder(name).events());
        var events = new java.util.concurrent.CopyOnWriteArrayList<vmlab.run.Event>();
        Run run = new Run(event -> {
            log.emit(event);
            events.add(event);
        });
        try (Scope scope = new Scope()) {
            Checked checked = run.perform(new CheckHost(site), Specs.readCluster(yaml));
            lab = new Bootable(checked.plan(), checked.accelerator(), checked.found(), faultyImage());
            run.perform(new Decide(), lab);
            run.perform(new PrepareNodes(site, EarlyKeys.begin(false)), lab);
            fault.disks().on(this);
            run.perform(new DefineNetwork(site), lab);
            redefineNetwork(fault.network());
            serve(scope, log);
            Started started = run.perform(new PowerOnNodes(site), lab);
            Instant on = Instant.now();
            ConsoleClock clock = scope.keep(new ConsoleClock(folder().serialLog("n")));
            fault.machine().on(this);
            return verdict(started, run, on, clock, scope);
        } finally {
            new Teardown(site, Teardown.Evidence.REMOVE).run(name, new Run(event -> {}));
        }
    }

    private Verdict verdict(Started started, Run run, Instant on, ConsoleClock clock, Scope scope)
            throws InterruptedException {
        try {
            LoggedIn in = run.perform(new AwaitSsh(site, scope), started);
            if (fault.last() == Fault.Wait.K0S) {
                run.perform(new FetchKubeconfig(site), in);
            }
            return lookedAt(on, clock, "no wait failed");
        } catch (LabFailure failure) {
            return lookedAt(on, clock, failure.getMessage());
        }
    }

    /** What a diagnosis names first, now that the wait has ended. */
    private Verdict lookedAt(Instant on, ConsoleClock clock, String text) throws InterruptedException {
        Instant end = Instant.now();
        Diagnosis diagnosis = Diagnosis.of(evidence().full());
        keep(diagnosis);
        Finding found = diagnosis
                .certain()
                .or(diagnosis::first)
                .orElse(new Finding("n", "none", DiagnosisText.of(List.of(diagnosis)), "", "", false));
        Instant evidence = clock.whenSaid(found.evidence()).orElse(on);
        return new Verdict(
                fault.id(),
                found.cause(),
                text + " | " + found.what() + ": " + found.evidence(),
                seconds(on, end),
                seconds(evidence, end));
    }

    private void keep(Diagnosis diagnosis) {
        try {
            Path kept = Files.createDirectories(home.resolve("kept"));
            Files.writeString(kept.resolve(fault.id() + ".txt"), DiagnosisText.of(List.of(diagnosis)));
            Files.copy(folder().serialLog("n"), kept.resolve(fault.id() + ".serial.log"));
            Files.copy(folder().events(), kept.resolve(fault.id() + ".events.jsonl"));
        } catch (IOException none) {
            // Some faults leave no console.
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

    vmlab.plan.LabFolder folder() {
        return site.folder(lab.plan().lab());
    }

    /** Defines and starts the machine anew with another description. */
    void redefineMachine(UnaryOperator<String> change) {
        String xml = change.apply(site.hypervisor().domains().describe(node().domain()));
        site.hypervisor().domains().remove(node().domain());
        site.hypervisor().domains().define(xml);
        site.hypervisor().domains().start(node().domain());
    }

    private void redefineNetwork(UnaryOperator<String> change) {
        String name = lab.plan().network().name();
        String was = site.hypervisor().describeNetwork(name);
        String xml = change.apply(was);
        if (!xml.equals(was)) {
            site.hypervisor().removeNetwork(name);
            site.hypervisor().createNetwork(xml);
        }
    }

    private void serve(Scope scope, EventLog log) throws IOException {
        BootConfig config = fault.config().apply(new ServeBoot(site).config(lab, folder()));
        config.write(folder().bootConfig());
        if (fault.serves()) {
            scope.keep(new BootServer(config, log)).start();
        }
        Map<String, String> nodes = new HashMap<>();
        nodes.put(node().mac(), "n");
        LabWatch.begin("qemu:///system", lab.plan().lab(), nodes, log).ifPresent(scope::keep);
    }

    /** The whole image, or links to its files in a folder of the same name where some can be replaced. */
    private BootImage faultyImage() throws IOException, InterruptedException {
        Path folder = home.resolve(fault.id()).resolve(whole.digest());
        Files.createDirectories(folder);
        for (String file : List.of("vmlinuz", "initrd", "root.squashfs", "image.json")) {
            Files.createSymbolicLink(folder.resolve(file), whole.folder().resolve(file));
        }
        fault.image().in(folder);
        return new BootImage(whole.name(), whole.digest(), folder, whole.k0s(), filesOf(whole, folder));
    }

    private static String sha256(byte[] all) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(all));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** A root made anew with a fault in it goes by its own sum; one that was only damaged by that of the whole one. */
    private static Map<String, Artifact> filesOf(BootImage whole, Path folder) throws IOException {
        Map<String, Artifact> files = new HashMap<>(whole.files());
        Path squashfs = folder.resolve("root.squashfs");
        if (Files.exists(squashfs)) {
            byte[] all = Files.readAllBytes(squashfs);
            if (new String(all, 0, 4, StandardCharsets.ISO_8859_1).equals("hsqs")) {
                files.put("root.squashfs", new Artifact(all.length, sha256(all)));
            }
        }
        return files;
    }

    private static double seconds(Instant from, Instant to) {
        return Math.round(Duration.between(from, to).toMillis() / 100.0) / 10.0;
    }

    static String json(List<Verdict> verdicts) throws IOException {
        return new JsonMapper().writerWithDefaultPrettyPrinter().writeValueAsString(verdicts);
    }
}

package vmlab.observe;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import vmlab.boot.BootConfig;
import vmlab.diagnose.Evidence;
import vmlab.diagnose.Source;
import vmlab.image.Damage;
import vmlab.kube.ClusterWords;
import vmlab.kube.KubeApi;
import vmlab.machine.Machine;
import vmlab.plan.LabFolder;
import vmlab.run.Event;
import vmlab.run.EventLog;
import vmlab.run.LabFailure;
import vmlab.run.Reading;
import vmlab.site.Identity;
import vmlab.site.LastLines;
import vmlab.site.NodeSsh;
import vmlab.site.Site;
import vmlab.ssh.SshSession;

/** Gathers what is known of one node: at once from files and libvirt, or in seconds with a login, the API and the image's sums. */
record NodeEvidence(Site site, LabFolder folder, String node, String domain, String address) {

    private static final Duration LOGIN = Duration.ofSeconds(15);
    private static final Duration COMMAND = Duration.ofSeconds(20);

    /** The API answers and does not hear of the node. */
    private static final Pattern ABSENT = Pattern.compile("(?m)^node \\S+ (has not registered|stopped reporting)");

    private static final String IS_WORKER = "grep -qs '^K0S_ARGS=.worker' /etc/conf.d/k0s";

    /** The machine's state in libvirt's words. */
    String state() {
        return site.engine().machines().state(domain);
    }

    /** What keeps the machine from running, in its engine's words; empty where nothing is known to. */
    String trouble() {
        return site.engine().machines().trouble(domain);
    }

    /** What is at hand: some milliseconds. */
    Evidence quick() {
        Map<Source, String> texts = new EnumMap<>(Source.class);
        texts.put(Source.CONSOLE, LastLines.tail(folder.serialLog(node)));
        texts.put(
                Source.QEMU,
                site.engine().machines().log(domain).map(LastLines::ofQemu).orElse(""));
        return evidence(texts, List.of());
    }

    /** Everything that can be had, in seconds. */
    Evidence full() throws InterruptedException {
        Map<Source, String> texts = new EnumMap<>(quick().texts());
        List<Event> seen = new ArrayList<>();
        site.wayOut().whyClosed().filter(why -> site.embedded()).ifPresent(why -> texts.put(Source.WAY_OUT, why));
        texts.put(Source.ENGINE, String.join("\n", site.engine().machines().notes(domain)));
        texts.put(Source.BOOT, LastLines.tail(folder.bootLog()));
        texts.put(Source.IMAGE, damage());
        texts.put(Source.CLUSTER, cluster());
        NodeSsh ssh = site.ssh(folder, node, address);
        if (ssh.isListening() && Files.exists(folder.sshKey()) && Files.exists(folder.hostKey(node))) {
            askNode(ssh, texts, seen);
        }
        return evidence(texts, seen);
    }

    /** What is wrong with the image that this node boots; empty where it is as it was built. */
    String damage() {
        if (!Files.exists(folder.bootConfig())) {
            return "";
        }
        return BootConfig.read(folder.bootConfig()).clients().stream()
                .filter(client -> client.node().equals(node))
                .flatMap(client -> Damage.of(Path.of(client.image())).stream())
                .collect(Collectors.joining("\n"));
    }

    private Evidence evidence(Map<Source, String> texts, List<Event> seen) {
        List<Event> events = new ArrayList<>(sinceStart(EventLog.read(folder.events())));
        events.addAll(seen);
        return new Evidence(node, address, state(), host(), List.copyOf(events), texts);
    }

    private Evidence.Host host() {
        return Identity.isHere(site.uri())
                ? new Evidence.Host(
                        Machine.availableMemory().value(),
                        Machine.freeDisk(site.home()).value())
                // Machines of a cluster want nothing of this one.
                : new Evidence.Host(Long.MAX_VALUE, Long.MAX_VALUE);
    }

    /** Events of earlier boots prove nothing of this one. */
    private List<Event> sinceStart(List<Event> events) {
        for (int i = events.size() - 1; i >= 0; i--) {
            boolean start = events.get(i) instanceof Event.Lifecycle change
                    && change.node().equals(node)
                    && change.state().equals("started");
            if (start) {
                return events.subList(i, events.size());
            }
        }
        return events;
    }

    private String cluster() throws InterruptedException {
        if (!Files.exists(folder.ownKubeconfig())) {
            return "";
        }
        try (KubeApi api = KubeApi.of(site.access(folder.lab()))) {
            return String.join("\n", ClusterWords.of(api, node));
        }
    }

    private void askNode(NodeSsh ssh, Map<Source, String> texts, List<Event> seen) throws InterruptedException {
        switch (ssh.login(LOGIN)) {
            case Reading.Ready<SshSession>(var session) -> {
                try (session) {
                    read(session, texts, seen);
                }
            }
            case Reading.NotYet<SshSession>(var why) -> texts.put(Source.SSH, why);
            case Reading.Never<SshSession>(var why, var next) -> texts.put(Source.SSH, why);
        }
    }

    private void read(SshSession session, Map<Source, String> texts, List<Event> seen) throws InterruptedException {
        try {
            String said = session.run(NodeLogs.SCRIPT, COMMAND).stdout();
            NodeLogs.clock(said).ifPresent(clock -> seen.add(new Event.ClockRead(Instant.now(), node, clock)));
            texts.putAll(NodeLogs.parse(said));
            if (ABSENT.matcher(texts.get(Source.CLUSTER)).find()
                    && session.run(IS_WORKER, COMMAND).exit() == 0) {
                texts.put(Source.JOIN, new WorkerReach(node).look(session));
            }
        } catch (LabFailure broken) {
            texts.put(Source.SSH, broken.why());
        }
    }
}

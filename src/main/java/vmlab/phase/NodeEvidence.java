package vmlab.phase;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import vmlab.boot.BootConfig;
import vmlab.diagnose.Evidence;
import vmlab.diagnose.Source;
import vmlab.host.Machine;
import vmlab.image.Damage;
import vmlab.kube.ClusterWords;
import vmlab.kube.KubeApi;
import vmlab.kube.Kubeconfig;
import vmlab.plan.LabFolder;
import vmlab.run.Event;
import vmlab.run.EventLog;
import vmlab.run.LabFailure;
import vmlab.run.Reading;
import vmlab.ssh.CommandResult;
import vmlab.ssh.KeyFiles;
import vmlab.ssh.SshSession;

/** Gathers what is known of one node: at once from files and libvirt, or in seconds with a login, the API and the image's sums. */
record NodeEvidence(Site site, LabFolder folder, String node, String domain, String address) {

    private static final Duration LOGIN = Duration.ofSeconds(15);
    private static final Duration COMMAND = Duration.ofSeconds(20);

    /** What the node's own kernel and logs say, in one command: a login costs an emulated guest more than all of it. */
    private static final String ASK = """
            df -P /state 2>/dev/null | awk 'NR == 2 { print "disk /state " $5 " used" }'
            df -Pi /state 2>/dev/null | awk 'NR == 2 && $5 == "100%%" { print "disk /state 100%% of its inodes used" }'
            grep -E '^Mem(Total|Available)' /proc/meminfo
            grep -qs ':192B 0*:0000 0A' /proc/net/tcp /proc/net/tcp6 && echo 'port 6443 listens'
            dmesg 2>/dev/null | grep -E 'Killed process|EXT4-fs error|I/O error' | tail -n 5
            for log in %s; do
                echo "%s$log"
                tail -c 40000 "$log" 2>/dev/null
            done
            """;

    private static final String MARK = "== lab: ";
    private static final String K0S = "/var/log/k0s.log /var/log/k0s.err";
    private static final String PROVISION = "/var/log/provision.log";

    /** The machine's state in libvirt's words. */
    String state() {
        return site.hypervisor().domains().state(domain);
    }

    /** What is at hand: some milliseconds. */
    Evidence quick() {
        Map<Source, String> texts = new EnumMap<>(Source.class);
        texts.put(Source.CONSOLE, LastLines.tail(folder.serialLog(node)));
        texts.put(Source.QEMU, LastLines.tail(Path.of("/var/log/libvirt/qemu", domain + ".log")));
        return evidence(texts);
    }

    /** Everything that can be had, in seconds. */
    Evidence full() throws InterruptedException {
        Map<Source, String> texts = new EnumMap<>(quick().texts());
        texts.put(Source.BOOT, LastLines.tail(folder.bootLog()));
        texts.put(Source.IMAGE, damage());
        if (Port.of(inet(), Port.SSH).isOpen() && Files.exists(folder.sshKey()) && Files.exists(folder.hostKey(node))) {
            askNode(texts);
        }
        texts.put(Source.CLUSTER, cluster());
        return evidence(texts);
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

    private Evidence evidence(Map<Source, String> texts) {
        return new Evidence(
                node,
                address,
                state(),
                new Evidence.Host(
                        Machine.availableMemory().value(),
                        Machine.freeDisk(site.home()).value()),
                sinceStart(EventLog.read(folder.events())),
                texts);
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
        try (KubeApi api = KubeApi.of(Kubeconfig.read(folder.ownKubeconfig()))) {
            return String.join("\n", ClusterWords.of(api, node));
        }
    }

    private void askNode(Map<Source, String> texts) throws InterruptedException {
        Reading<SshSession> login = SshSession.open(
                new InetSocketAddress(inet(), Port.SSH),
                "root",
                folder.sshKey(),
                KeyFiles.read(folder.hostKey(node)).publicKey(),
                LOGIN);
        switch (login) {
            case Reading.Ready<SshSession>(var session) -> {
                try (session) {
                    read(session, texts);
                }
            }
            case Reading.NotYet<SshSession>(var why) -> texts.put(Source.SSH, why);
            case Reading.Never<SshSession>(var why, var next) -> texts.put(Source.SSH, why);
        }
    }

    private static void read(SshSession session, Map<Source, String> texts) throws InterruptedException {
        try {
            CommandResult said = session.run(ASK.formatted(K0S + " " + PROVISION, MARK), COMMAND);
            for (String part : (MARK + "\n" + said.stdout()).split("(?m)^" + MARK)) {
                String log = part.lines().findFirst().orElse("").strip();
                String text =
                        part.substring(Math.min(part.length(), log.length())).strip();
                Source source = log.isEmpty() ? Source.NODE : log.equals(PROVISION) ? Source.PROVISION : Source.K0S;
                texts.merge(source, text, (one, other) -> (one + "\n" + other).strip());
            }
        } catch (LabFailure broken) {
            texts.put(Source.SSH, broken.why());
        }
    }

    private InetAddress inet() {
        return InetAddress.ofLiteral(address);
    }
}

package vmlab.profile;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import vmlab.libvirt.Domains;
import vmlab.run.LabFailure;
import vmlab.run.Reading;
import vmlab.site.NodeLogin;
import vmlab.site.Site;
import vmlab.ssh.SshSession;

/** Takes the profile of a node that runs: QEMU's registers, its processor time, and over SSH what the node's kernel says. */
public final class NodeProfile {

    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final String RUNNING = "running";

    private final Site site;
    private final Sampling sampling;
    private final Consumer<String> told;

    /**
     * @param window for how long to look
     * @param told learns what is done now
     */
    public NodeProfile(Site site, Duration window, Consumer<String> told) {
        this.site = site;
        this.sampling = Sampling.of(window);
        this.told = told;
    }

    /** Of one node of a lab; of its first where none is named. */
    public Profile of(String lab, Optional<String> name) throws InterruptedException {
        NodeLogin node = find(lab, name);
        String state = site.engine().machines().state(node.domain());
        if (!state.equals(RUNNING)) {
            throw LabFailure.lab(
                            "only a running node can be profiled",
                            "its machine is " + state,
                            "lab start %s switches a node on; lab status %s shows them all".formatted(lab, lab))
                    .on(node.node());
        }
        try (SshSession ssh = login(node)) {
            return of(node, ssh);
        }
    }

    private NodeLogin find(String lab, Optional<String> name) {
        try {
            return NodeLogin.of(site, lab, name).getFirst();
        } catch (LabFailure failure) {
            throw failure.kind() == LabFailure.Kind.INPUT
                    ? failure.withNext("name one of them after the lab")
                    : failure;
        }
    }

    private Profile of(NodeLogin node, SshSession ssh) throws InterruptedException {
        Domains domains = (Domains) site.engine().machines();
        GuestTimes before = times(ssh);
        told.accept("sampling the processors of %s for %d s, at most %d times"
                .formatted(node.node(), sampling.window().toSeconds(), sampling.looks()));
        HostTimes begin = HostTimes.now(domains, node.domain());
        Samples samples = sampling.take(() -> domains.monitor(node.domain(), "info registers -a"), this::tell);
        HostUse host = HostTimes.now(domains, node.domain()).since(begin);
        GuestTimes after = times(ssh);
        if (samples.states().isEmpty()) {
            throw LabFailure.lab(
                            "there are no samples",
                            "the answers of QEMU's monitor had no registers of x86 processors",
                            "lab exec -- virsh qemu-monitor-command %s --hmp info registers -a shows what it says"
                                    .formatted(node.domain()))
                    .on(node.node());
        }
        // Last, for it keeps the node busy for a while.
        told.accept("reading its kernel's symbols");
        KernelSymbols symbols = KernelSymbols.parse(ssh.exec("cat /proc/kallsyms", LIMIT));
        return new Profile(node.node(), host, samples, symbols, after.since(before));
    }

    /** Says every fourth of the way how far it is. */
    private void tell(int looks) {
        if (looks % Math.max(1, sampling.looks() / 4) == 0) {
            told.accept("%d of at most %d samples".formatted(looks, sampling.looks()));
        }
    }

    private static GuestTimes times(SshSession ssh) throws InterruptedException {
        return GuestTimes.parse(ssh.exec(GuestTimes.COMMAND, LIMIT));
    }

    private static SshSession login(NodeLogin node) throws InterruptedException {
        return switch (node.attempt()) {
            case Reading.Ready<SshSession>(var session) -> session;
            case Reading.NotYet<SshSession>(var why) ->
                throw notIn(node, why, "wait until lab status shows that the node has said sshd");
            case Reading.Never<SshSession>(var why, var next) -> throw notIn(node, why, next);
        };
    }

    private static LabFailure notIn(NodeLogin node, String why, String next) {
        return LabFailure.lab("no SSH to the node, whose symbols and processes are needed", why, next)
                .on(node.node());
    }
}

package vmlab.kube.smoke;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import vmlab.kube.KubeApi;
import vmlab.run.CheckResult;
import vmlab.run.Event;
import vmlab.run.Outcome;
import vmlab.run.Reading;
import vmlab.run.Run;
import vmlab.run.SuiteResult;

/** The smoke tests of a cluster: the checks, in order, and how they are run. */
public final class SmokeSuite {

    /** Its name in events and reports. */
    public static final String NAME = "smoke";

    /** How long a check waits at most, unless said otherwise. */
    public static final Duration LIMIT = Duration.ofMinutes(3);

    /** Waves, one after the other; the checks of one run side by side. */
    static final List<List<SmokeCheck>> WAVES = List.of(
            List.of(new ApiHealth()),
            List.of(new NodesReady(), new SystemPodsRunning(), new PodsScheduled()),
            List.of(
                    new PodLog(),
                    new PodExec(),
                    new ServiceDns(),
                    new ClusterIpAnswers(),
                    new NodePortAnswers(),
                    new ConfigMapMounted(),
                    new VolumeKept(),
                    new VersionSkew(),
                    new DaemonSetEverywhere()),
            List.of(new PodToPod(), new ServiceAcrossNodes(), new DnsOnEachNode(), new NodeClocks()));

    private static final SmokeCheck LAST = new CleanUp();

    private final KubeApi api;
    private final Duration limit;
    private final HopWitness witness;
    private final boolean storage;
    private final UnaryOperator<InetSocketAddress> road;
    private final String namespace;

    /**
     * Checks the cluster behind {@code api}, waiting for at most {@code limit} in each check.
     *
     * @param witness is asked about the road between two nodes on which a check failed
     * @param storage whether a claim for a volume is to get one
     * @param road where this host connects to, for an address of the lab
     */
    public SmokeSuite(
            KubeApi api, Duration limit, HopWitness witness, boolean storage, UnaryOperator<InetSocketAddress> road) {
        this(
                api,
                limit,
                witness,
                storage,
                road,
                "lab-smoke-" + UUID.randomUUID().toString().substring(0, 8));
    }

    SmokeSuite(
            KubeApi api,
            Duration limit,
            HopWitness witness,
            boolean storage,
            UnaryOperator<InetSocketAddress> road,
            String namespace) {
        this.road = road;
        this.witness = witness;
        this.storage = storage;
        this.api = api;
        this.limit = limit;
        this.namespace = namespace;
    }

    /**
     * Runs all checks and removes what they made, also after failures and on an interruption. Each end is an {@link Event.Checked}; one
     * that was skipped counts as not passed and says so in its evidence.
     */
    public SuiteResult run(Run run) throws InterruptedException {
        Instant start = Instant.now();
        Map<String, CheckResult> ended = new ConcurrentHashMap<>();
        List<CheckResult> ordered = new ArrayList<>();
        var world = new SmokeWorld(api, run, limit, namespace, witness, storage, road);
        try {
            for (List<SmokeCheck> all : WAVES) {
                var cluster = new Subject(ended.isEmpty() ? 0 : nodes(ended, world), storage);
                List<SmokeCheck> wave =
                        all.stream().filter(check -> check.appliesTo(cluster)).toList();
                sideBySide(wave, check -> ended.put(check.name(), perform(check, world, ended, run)));
                wave.forEach(check -> ordered.add(ended.get(check.name())));
            }
            ordered.add(perform(LAST, world, ended, run));
        } finally {
            world.abandon();
        }
        return new SuiteResult(NAME, List.copyOf(ordered), Duration.between(start, Instant.now()));
    }

    /** How many nodes the cluster has; one as long as its API does not say. */
    private static int nodes(Map<String, CheckResult> ended, SmokeWorld world) throws InterruptedException {
        return ended.get(ApiHealth.NAME).passed()
                ? world.await(
                        "the list of nodes",
                        () -> new Reading.Ready<>(world.nodes().size()))
                : 1;
    }

    private CheckResult perform(SmokeCheck check, SmokeWorld world, Map<String, CheckResult> ended, Run run)
            throws InterruptedException {
        Instant start = Instant.now();
        Set<String> missing = new TreeSet<>(check.needs());
        missing.removeIf(name -> ended.containsKey(name) && ended.get(name).passed());
        CheckResult result;
        if (missing.isEmpty()) {
            Verdict verdict = Verdict.of(check, world);
            result = new CheckResult(
                    NAME, check.name(), verdict.status(), Duration.between(start, Instant.now()), verdict.evidence());
        } else {
            result = new CheckResult(
                    NAME, check.name(), Outcome.SKIPPED, Duration.ZERO, "skipped: needs " + String.join(", ", missing));
        }
        run.emit(Event.Checked.now(result));
        return result;
    }

    private interface Work {
        void on(SmokeCheck check) throws InterruptedException;
    }

    private static void sideBySide(List<SmokeCheck> checks, Work work) throws InterruptedException {
        List<Thread> threads = checks.stream()
                .map(check -> Thread.ofVirtual().name(check.name()).start(() -> {
                    try {
                        work.on(check);
                    } catch (InterruptedException ended) {
                        // the one who interrupted us is being interrupted, and says so
                    }
                }))
                .toList();
        try {
            for (Thread thread : threads) {
                thread.join();
            }
        } catch (InterruptedException interrupted) {
            threads.forEach(Thread::interrupt);
            throw interrupted;
        }
    }
}

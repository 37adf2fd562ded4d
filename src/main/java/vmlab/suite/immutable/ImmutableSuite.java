package vmlab.suite.immutable;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import vmlab.run.CheckResult;
import vmlab.run.Event;
import vmlab.run.LabFailure;
import vmlab.run.Outcome;
import vmlab.run.Run;
import vmlab.spec.Suite;
import vmlab.ssh.SshSession;

/** All promises, held against one node: before a reboot and after it. */
public final class ImmutableSuite {

    static final List<Promise> PROMISES = Stream.concat(
                    Stream.of(
                            new UsrReadOnly(),
                            new EtcResets(),
                            new ConfigReadOnly(),
                            new ConfigReadAtBoot(),
                            new StateFilled()),
                    Stream.of("/home", "/var", "/opt", "/usr/local").map(StateKept::new))
            .toList();

    private final String node;
    private final Run run;
    private final String marker =
            ".lab-immutable-" + UUID.randomUUID().toString().substring(0, 8);
    private final List<CheckResult> results = new ArrayList<>();
    private SshSession ssh;

    /** The suite for {@code node}; {@code ssh} is a session on it, which the suite closes. */
    public ImmutableSuite(String node, SshSession ssh, Run run) {
        this.node = node;
        this.ssh = ssh;
        this.run = run;
    }

    private record Seen(Duration took, String evidence) {}

    private interface Look {
        String run() throws InterruptedException;
    }

    /**
     * Checks everything and takes its markers away.
     *
     * @param rebooter empty where the node must not be rebooted: what only a reboot shows is then skipped
     */
    public List<CheckResult> check(Optional<Rebooter> rebooter) throws InterruptedException {
        try {
            Map<Promise, Seen> kept = new LinkedHashMap<>();
            for (Promise promise : PROMISES) {
                look(promise.name(), Duration.ZERO, () -> promise.before(files()))
                        .ifPresent(seen -> {
                            if (promise.needsReboot()) {
                                kept.put(promise, seen);
                            } else {
                                passed(promise.name(), seen);
                            }
                        });
            }
            if (rebooter.isEmpty()) {
                kept.forEach((promise, seen) -> skipped(promise, "only a reboot shows it; so far: " + seen.evidence()));
                return results;
            }
            Optional<Seen> reboot = look("reboot", Duration.ZERO, () -> {
                ssh = rebooter.get().reboot(ssh);
                return "it pulled its system again, and lets us in";
            });
            if (reboot.isEmpty()) {
                kept.keySet().forEach(promise -> skipped(promise, "needs reboot"));
                return results;
            }
            passed("reboot", reboot.get());
            for (Map.Entry<Promise, Seen> promise : kept.entrySet()) {
                String name = promise.getKey().name();
                look(
                                name,
                                promise.getValue().took(),
                                () -> promise.getValue().evidence() + "; "
                                        + promise.getKey().after(files()))
                        .ifPresent(seen -> passed(name, seen));
            }
            look("ready-again", Duration.ZERO, rebooter.get()::ready).ifPresent(seen -> passed("ready-again", seen));
            return results;
        } finally {
            cleanUp();
        }
    }

    /** What was seen, or nothing and a failed check. */
    private Optional<Seen> look(String name, Duration before, Look look) throws InterruptedException {
        Instant start = Instant.now();
        try {
            String evidence = look.run();
            return Optional.of(new Seen(before.plus(Duration.between(start, Instant.now())), evidence));
        } catch (LabFailure broken) {
            String why = broken.getMessage() + "\nnext: " + broken.next();
            add(name, Outcome.FAILED, before.plus(Duration.between(start, Instant.now())), why);
            return Optional.empty();
        }
    }

    private NodeFiles files() {
        return new NodeFiles(ssh, marker);
    }

    private void passed(String name, Seen seen) {
        add(name, Outcome.PASSED, seen.took(), seen.evidence());
    }

    private void skipped(Promise promise, String why) {
        add(promise.name(), Outcome.SKIPPED, Duration.ZERO, "skipped: " + why);
    }

    private void add(String name, Outcome outcome, Duration took, String evidence) {
        var result = new CheckResult(Suite.IMMUTABLE.toString(), node + "/" + name, outcome, took, evidence);
        results.add(result);
        run.emit(Event.Checked.now(result));
    }

    /** Also when the suite was cut short; a node that cannot be reached any more keeps a few empty files. */
    private void cleanUp() throws InterruptedException {
        boolean interrupted = Thread.interrupted();
        try {
            if (ssh.isOpen()) {
                files().lines("rm -f /etc/%1$s /home/%1$s /var/%1$s /opt/%1$s /usr/local/%1$s".formatted(marker));
            }
        } catch (LabFailure unreachable) {
            // What was found out is told already.
        } finally {
            ssh.close();
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}

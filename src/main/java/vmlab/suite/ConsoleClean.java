package vmlab.suite;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import vmlab.kube.smoke.SmokeSuite;
import vmlab.plan.Accelerator;
import vmlab.plan.Inventory.DomainFound;
import vmlab.run.CheckResult;
import vmlab.run.Event;
import vmlab.run.Outcome;
import vmlab.run.Reading;
import vmlab.run.Run;
import vmlab.site.LastLines;
import vmlab.site.NodeLogin;
import vmlab.ssh.SshSession;

/**
 * No kernel wrote of trouble: neither on a node's console since it was switched on, nor to its own log, which has also what a quiet kernel
 * keeps to itself.
 */
record ConsoleClean(List<NodeLogin> nodes, List<DomainFound> machines) {

    static final String NAME = "console-clean";

    private static final Duration LIMIT = Duration.ofSeconds(30);

    CheckResult check(Run run) throws InterruptedException {
        Instant start = Instant.now();
        List<KernelTrouble> troubles = new ArrayList<>();
        for (NodeLogin node : nodes) {
            Stream<String> said = Stream.concat(
                    LastLines.tail(node.folder().serialLog(node.node())).lines(), kernelLog(node));
            troubles.addAll(KernelTrouble.in(
                    said.map(line -> node.node() + ": " + line.strip()).toList(), isEmulated(node)));
        }
        Map<Boolean, List<KernelTrouble>> known = troubles.stream()
                .collect(Collectors.partitioningBy(trouble -> trouble.known().isPresent()));
        CheckResult result = new CheckResult(
                SmokeSuite.NAME,
                NAME,
                known.get(false).isEmpty() ? Outcome.PASSED : Outcome.FAILED,
                Duration.between(start, Instant.now()),
                evidence(known.get(false), known.get(true)));
        run.emit(Event.Checked.now(result));
        return result;
    }

    private boolean isEmulated(NodeLogin node) {
        return machines.stream()
                .anyMatch(machine -> machine.name().equals(node.domain()) && machine.accelerator() == Accelerator.TCG);
    }

    /** Empty where the node can't be asked, or has no {@code dmesg}: then its console says what there is. */
    private static Stream<String> kernelLog(NodeLogin node) throws InterruptedException {
        if (node.attempt() instanceof Reading.Ready<SshSession>(SshSession ssh)) {
            try (ssh) {
                // Without its times: what is on the console too is one line then.
                return ssh.run("dmesg 2>/dev/null | sed 's/^\\[[^]]*\\] //'", LIMIT)
                        .stdout()
                        .lines();
            }
        }
        return Stream.empty();
    }

    private static String evidence(List<KernelTrouble> unknown, List<KernelTrouble> known) {
        if (!unknown.isEmpty()) {
            return unknown.stream().map(KernelTrouble::line).collect(Collectors.joining("\n"));
        }
        return known.stream()
                .findFirst()
                .map(trouble -> trouble.line() + ": "
                        + trouble.known().map(Object::toString).orElse("")
                        + (known.size() == 1 ? "" : ", and " + (known.size() - 1) + " more"))
                .orElse("no kernel wrote of trouble");
    }
}

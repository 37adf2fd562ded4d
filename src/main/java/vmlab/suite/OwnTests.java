package vmlab.suite;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import vmlab.power.NodeReboot;
import vmlab.run.CheckResult;
import vmlab.run.Event;
import vmlab.run.LabFailure;
import vmlab.run.Run;
import vmlab.run.SuiteResult;
import vmlab.site.FolderTree;
import vmlab.site.NodeLogin;
import vmlab.spec.OwnChecks;
import vmlab.suite.own.OwnCheck;
import vmlab.suite.own.Reboots;

/** What the user wants to know of the lab; one check after the other, by name. */
final class OwnTests implements TestSuite {

    private final OwnChecks checks;

    OwnTests(OwnChecks checks) {
        this.checks = checks;
    }

    @Override
    public String doing() {
        return "run the checks in " + checks.folder();
    }

    @Override
    public SuiteResult run(TestedLab lab, Run run) throws InterruptedException {
        Instant start = Instant.now();
        List<NodeLogin> nodes = NodeLogin.of(lab.site(), lab.name(), Optional.empty());
        NodeReboot reboot = new NodeReboot(lab.site(), lab.name(), run);
        Reboots reboots = name -> {
            NodeLogin node = node(nodes, name);
            reboot.reboot(node, reboot.awaitSsh(node, "")).close();
            reboot.awaitReady(List.of(node));
        };
        List<CheckResult> results = new ArrayList<>();
        Path scratch = scratch();
        try {
            for (Path file : checks.files()) {
                OwnCheck check = new OwnCheck(checks.toString(), file, facts(lab, nodes), scratch);
                CheckResult result =
                        check.run(lab.site().pace(lab.name()), lab.reboots() ? Optional.of(reboots) : Optional.empty());
                run.emit(Event.Checked.now(result));
                results.add(result);
            }
        } finally {
            FolderTree.delete(scratch);
        }
        return new SuiteResult(checks.toString(), List.copyOf(results), Duration.between(start, Instant.now()));
    }

    private static NodeLogin node(List<NodeLogin> nodes, String name) {
        return nodes.stream()
                .filter(node -> node.node().equals(name))
                .findFirst()
                .orElseThrow(() -> LabFailure.input(
                        "there is no node " + name,
                        "the lab has " + nodes.stream().map(NodeLogin::node).collect(Collectors.joining(", ")),
                        "write one of these into $" + OwnCheck.REBOOT));
    }

    private static Map<String, String> facts(TestedLab lab, List<NodeLogin> nodes) {
        Map<String, String> facts = new TreeMap<>();
        facts.put("KUBECONFIG", lab.kubeconfigFile().toString());
        facts.put("LAB_NAME", lab.name());
        facts.put("LAB_NODES", nodes.stream().map(NodeLogin::node).collect(Collectors.joining(" ")));
        facts.put(
                "LAB_ADDRESSES",
                nodes.stream().map(node -> node.ssh().address().getHostString()).collect(Collectors.joining(" ")));
        return facts;
    }

    private static Path scratch() {
        try {
            return Files.createTempDirectory("lab-checks");
        } catch (IOException full) {
            throw new UncheckedIOException("there is no room for what checks write", full);
        }
    }
}

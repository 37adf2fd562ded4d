package vmlab.ready;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import vmlab.observe.BootWatch;
import vmlab.plan.LabFolder;
import vmlab.plan.NodePlan;
import vmlab.run.Event;
import vmlab.run.EventLog;
import vmlab.run.MilestoneName;
import vmlab.run.Phase;
import vmlab.run.PhaseName;
import vmlab.run.Reading;
import vmlab.run.Reading.Never;
import vmlab.run.Reading.NotYet;
import vmlab.run.Reading.Ready;
import vmlab.run.Run;
import vmlab.site.LastLines;
import vmlab.site.Site;
import vmlab.spec.Provision;

/** Waits until every node has provisioned itself; k0s starts meanwhile. A script that fails ends the wait at once. */
public final class AwaitProvision implements Phase<LoggedIn, LoggedIn> {

    /** What fetching may take besides the script's own time, retries included. */
    private static final Duration FETCHING = Duration.ofMinutes(5);

    private static final int LINES = 8;

    private final Site site;

    /** The phase on {@code site}. */
    public AwaitProvision(Site site) {
        this.site = site;
    }

    @Override
    public String name() {
        return PhaseName.PROVISION.toString();
    }

    @Override
    public String doing() {
        return "wait until the nodes have run what they pulled from git";
    }

    @Override
    public LoggedIn run(LoggedIn in, Run run) throws InterruptedException {
        var plan = in.lab().lab().plan();
        Optional<Provision> provision = plan.cluster().provision();
        if (provision.isEmpty()) {
            run.result("not asked for in cluster.yaml");
            return in;
        }
        LabFolder folder = site.folder(plan.lab());
        List<String> results = new ArrayList<>();
        for (NodePlan node : plan.nodes()) {
            BootWatch watch = new BootWatch(site, folder, node);
            String said = run.await(
                            node.name(),
                            "provisioning",
                            provision.get().timeout().plus(FETCHING))
                    .until(() -> look(node, folder, watch));
            results.add(node.name() + ": " + said);
        }
        run.result(String.join("; ", results));
        return in;
    }

    private static Reading<String> look(NodePlan node, LabFolder folder, BootWatch watch) {
        return said(folder, node.name())
                .or(watch::dead)
                .orElseGet(() -> new NotYet<>(watch.lastWord().orElse("it has said nothing yet")));
    }

    /** What {@code node} has said about it since it began to boot. */
    static Optional<Reading<String>> said(LabFolder folder, String node) {
        List<Event.Milestone> all = EventLog.read(folder.events()).reversed().stream()
                .filter(Event.Milestone.class::isInstance)
                .map(Event.Milestone.class::cast)
                .filter(milestone -> milestone.node().equals(node))
                .toList();
        List<Event.Milestone> said = all.stream()
                .takeWhile(milestone -> !milestone.is(MilestoneName.INIT))
                .toList();
        for (Event.Milestone milestone : said) {
            if (milestone.is(MilestoneName.PROVISION)) {
                return Optional.of(new Ready<>(milestone.text()));
            }
            if (milestone.is(MilestoneName.PROVISION_FAILED)) {
                return Optional.of(new Never<>(
                        milestone.text() + lines(folder.serialLog(node)),
                        "mend it, then lab pull " + node + " runs it again; lab up --keep keeps a node to look at"));
            }
        }
        // A golden lab is kept when it is Ready, which comes after this phase; what its nodes said before is not in
        // this lab's log. That it was restored is lost where the node woke before the boot server; its clock comes
        // later.
        boolean neverBooted = said.size() == all.size();
        return said.stream()
                        .anyMatch(milestone -> milestone.is(MilestoneName.RESTORED)
                                || neverBooted && milestone.is(MilestoneName.CLOCK))
                ? Optional.of(new Ready<>("done before the golden lab was kept"))
                : Optional.empty();
    }

    /** The end of what the script wrote, which the node says on its console too. */
    private static String lines(Path console) {
        List<String> said = LastLines.tail(console)
                .lines()
                .filter(line -> line.startsWith("provision: "))
                .map(line -> "  " + line.substring("provision: ".length()).stripTrailing())
                .toList();
        return said.subList(Math.max(0, said.size() - LINES), said.size()).stream()
                .map(line -> "\n" + line)
                .collect(Collectors.joining());
    }
}

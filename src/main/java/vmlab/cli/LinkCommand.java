package vmlab.cli;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Function;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import vmlab.fault.LinkChange;
import vmlab.fault.LinkFaults;
import vmlab.fault.Loss;
import vmlab.fault.Rate;
import vmlab.plan.LabFolder;
import vmlab.run.Event;
import vmlab.run.EventLog;
import vmlab.run.LabFailure;
import vmlab.site.Site;
import vmlab.spec.InvalidValue;

/** {@code lab link}. */
@Command(
        name = "link",
        description = {
            "Show or set faults of a node's link to a network.",
            "Loss, rate and partition hold in both directions, a delay for what comes to the node. A fault stays until --reset, or until the node's machine is switched off; rebooting its system changes nothing."
        },
        footer = {
            "",
            "Examples:",
            "  lab link single",
            "  lab link single cp --loss 10%% --rate 10mbit",
            "  lab link single --reset"
        })
final class LinkCommand implements Callable<Integer> {

    @Mixin
    private Target target;

    @Mixin
    private Output output;

    @Parameters(index = "1", arity = "0..1", paramLabel = "NODE", description = "Whose link.")
    private Optional<String> node = Optional.empty();

    @Option(names = "--network", paramLabel = "NAME", description = "To that network. Default: the first.")
    private Optional<String> network = Optional.empty();

    @Option(names = "--down", description = "Pull the cable: the node sees that it is out.")
    private boolean down;

    @Option(names = "--up", description = "Put it in again.")
    private boolean up;

    @Option(names = "--loss", paramLabel = "PERCENT", description = "Lose so many frames, at random: 10%%.")
    private Optional<String> loss = Optional.empty();

    @Option(names = "--rate", paramLabel = "RATE", description = "Let no more pass: 512kbit, 10mbit.")
    private Optional<String> rate = Optional.empty();

    @Option(names = "--delay", paramLabel = "TIME", description = "Hold frames back: 50ms. Wants netem in this kernel.")
    private Optional<String> delay = Optional.empty();

    @Option(names = "--partition", paramLabel = "NODE", description = "Cut it off from that node. May be repeated.")
    private List<String> partitions = List.of();

    @Option(
            names = "--reset",
            description = "End the faults that there are: the node's, or without NODE all of the lab's.")
    private boolean reset;

    @Override
    public Integer call() throws InterruptedException {
        if (node.isEmpty()) {
            node = target.otherThanLab(Target::isNodeHere);
        }
        String lab = target.name();
        Optional<LinkChange> change = change();
        Surroundings here = Surroundings.ofThisProcess();
        Site site = here.siteOf(lab);
        try (var engine = site.engine()) {
            LinkFaults links = LinkFaults.of(site, lab);
            if (change.isPresent()) {
                LinkFaults.Link now = links.change(change.get());
                note(site.folder(lab), now.node() + " (network " + now.network() + "): " + now.state());
            } else if (reset) {
                links.endAll();
                note(site.folder(lab), "all links are well again");
            }
            show(links.all());
        }
        return 0;
    }

    /** What is asked for; all that is wrong with it at once. */
    private Optional<LinkChange> change() {
        List<String> wrong = new ArrayList<>();
        var asked = new LinkChange(
                node.orElse(""),
                network.orElse(""),
                up || down ? Optional.of(up) : Optional.empty(),
                read(loss, Loss::parse, wrong),
                read(rate, Rate::parse, wrong),
                read(delay, LinkCommand::milliseconds, wrong),
                partitions,
                reset);
        boolean isFault =
                up || down || loss.isPresent() || rate.isPresent() || delay.isPresent() || !partitions.isEmpty();
        if (up && down) {
            wrong.add("--up and --down: one of them");
        }
        if (node.isEmpty() && (isFault || network.isPresent())) {
            wrong.add("no node is named: lab link NODE …");
        }
        if (!wrong.isEmpty()) {
            throw LabFailure.input(
                    "the link can't be changed", String.join("; ", wrong), "lab link --help shows what there is");
        }
        return node.isPresent() && (isFault || reset) ? Optional.of(asked) : Optional.empty();
    }

    private static <T> Optional<T> read(Optional<String> text, Function<String, T> parse, List<String> wrong) {
        try {
            return text.map(parse);
        } catch (InvalidValue invalid) {
            wrong.add(invalid.what() + "; " + invalid.valid());
            return Optional.empty();
        }
    }

    private static Duration milliseconds(String text) {
        if (!text.matches("[1-9]\\d{0,4}ms")) {
            throw new InvalidValue("'" + text + "' is no delay", "1ms to 99999ms");
        }
        return Duration.ofMillis(Long.parseLong(text.substring(0, text.length() - 2)));
    }

    private static void note(LabFolder folder, String text) {
        new EventLog(folder.events()).emit(new Event.Noted(Instant.now(), "link", text));
    }

    private void show(List<LinkFaults.Link> links) {
        if (output.isJson()) {
            output.json(links);
            return;
        }
        Table table = new Table("NODE", "NETWORK", "LINK");
        links.forEach(link -> table.row(link.node(), link.network(), link.state()));
        output.text(table.toString());
    }
}

package vmlab.cli;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code lab ssh}. */
@Command(
        name = "ssh",
        description = {
            "Open a shell on a node, or run one command there.",
            "Input, output, errors and exit status are the command's; 255 is ssh's own. Its words are joined by spaces and read by the"
                    + " node's shell, as ssh does it: quote once more what is to stay together."
        },
        footer = {
            "",
            "Examples:",
            "  lab ssh demo                 a shell on the first node in cluster.yaml",
            "  lab ssh demo w1              a shell on w1; --node w1 says the same",
            "  lab ssh demo w1 -- uptime    a command on w1",
            "  lab ssh demo -- uptime       a command on the first node: behind -- no node is named",
            "  lab ssh w1; lab ssh -- ls    the same in the folder of the lab's cluster.yaml"
        })
final class SshCommand implements Callable<Integer> {

    @Mixin
    private Target target;

    @Mixin
    private NodeChoice node;

    @Option(names = "-t", description = "Give the command a terminal, as for a shell; twice: also where stdin is none.")
    private boolean[] terminal = {};

    @Parameters(
            index = "1..*",
            paramLabel = "[NODE] [--] [COMMAND]",
            hideParamSyntax = true,
            description = "Which node, and what to run there instead of a shell.")
    private List<String> words = List.of();

    @Spec
    private CommandSpec spec;

    /**
     * What the words behind the lab mean.
     *
     * @param node where to, if they say so
     */
    record Meaning(Optional<String> node, List<String> command) {}

    @Override
    public Integer call() throws InterruptedException {
        boolean isCommand = isBehindDashes();
        words = target.words(words, text -> isCommand || Target.isNodeHere(text));
        return node.ofAwake(
                target.name(),
                found -> meaning(name -> found.domain(name).isPresent()).node(),
                login -> Child.run(words(
                        login.sshCommand(),
                        terminal.length,
                        meaning(login.node()::equals).command())));
    }

    /** Whether all that was said, the lab's place included, is behind {@code --}. */
    private boolean isBehindDashes() {
        return wordsBehindDashes() > words.size();
    }

    private int wordsBehindDashes() {
        List<String> given = spec.commandLine().getParseResult().originalArgs();
        int dashes = given.indexOf("--");
        return dashes < 0 ? 0 : given.size() - dashes - 1;
    }

    /** Before {@code --} the first word may be a node's name, and must be one where it stands alone; behind it all is the command. */
    Meaning meaning(Predicate<String> isNode) {
        boolean hasDashes = spec.commandLine().getParseResult().originalArgs().contains("--");
        int before = words.size() - wordsBehindDashes();
        boolean isNodeFirst =
                !node.isNamed() && before > 0 && (isNode.test(words.getFirst()) || hasDashes && before == 1);
        return isNodeFirst
                ? new Meaning(Optional.of(words.getFirst()), words.subList(1, words.size()))
                : new Meaning(Optional.empty(), words);
    }

    /** The whole command line. {@code --} keeps ssh from taking a command's word for an option of its own. */
    static List<String> words(List<String> ssh, int terminals, List<String> command) {
        List<String> all = new ArrayList<>(ssh);
        all.addAll(all.size() - 1, Collections.nCopies(terminals, "-t"));
        if (!command.isEmpty()) {
            all.add("--");
            all.addAll(command);
        }
        return all;
    }
}

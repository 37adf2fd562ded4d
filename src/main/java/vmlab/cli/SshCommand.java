package vmlab.cli;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code lab ssh}. */
@Command(
        name = "ssh",
        description = {
            "Open a shell on a node, or run one command there.",
            "Input, output, errors and exit status are the command's; 255 is ssh's own. Its words are joined by spaces and read by the node's shell, as ssh does it: quote once more what is to stay together."
        },
        footer = {"", "Examples:", "  lab ssh single", "  lab ssh two-nodes --node w1 -- uptime"})
final class SshCommand implements Callable<Integer> {

    @Mixin
    private Target target;

    @Mixin
    private NodeChoice node;

    @Option(names = "-t", description = "Give the command a terminal, as for a shell; twice: also where stdin is none.")
    private boolean[] terminal = {};

    @Parameters(index = "1..*", paramLabel = "COMMAND", description = "What to run instead of a shell.")
    private List<String> command = List.of();

    @Override
    public Integer call() throws InterruptedException {
        var login = node.ofAwake(target.name());
        return Child.run(words(login.sshCommand(), terminal.length, command));
    }

    /** The whole command line. {@code --} keeps ssh from taking a command's word for an option of its own. */
    static List<String> words(List<String> ssh, int terminals, List<String> command) {
        List<String> words = new ArrayList<>(ssh);
        words.addAll(words.size() - 1, Collections.nCopies(terminals, "-t"));
        if (!command.isEmpty()) {
            words.add("--");
            words.addAll(command);
        }
        return words;
    }
}

package vmlab.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code lab ssh}. */
@Command(name = "ssh", description = "A shell on a node, or one command there: lab ssh LAB --node cp -- uptime")
final class SshCommand implements Callable<Integer> {

    @Mixin
    private Target target;

    @Mixin
    private NodeChoice node;

    @Parameters(index = "1..*", paramLabel = "COMMAND", description = "What to run instead of a shell.")
    private List<String> command = List.of();

    @Override
    public Integer call() throws InterruptedException {
        var login = node.of(target.name());
        List<String> ssh = new ArrayList<>(login.sshCommand());
        ssh.addAll(command);
        return Child.run(ssh);
    }
}

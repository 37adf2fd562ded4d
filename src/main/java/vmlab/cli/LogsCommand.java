package vmlab.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import vmlab.phase.Access;
import vmlab.run.LabFailure;

/** {@code lab logs}. */
@Command(
        name = "logs",
        description = "What a node wrote: its serial console, k0s, provisioning, or the boot server about it.")
final class LogsCommand implements Callable<Integer> {

    /** Where a log comes from. */
    enum Source {
        SERIAL,
        K0S,
        PROVISION,
        BOOT
    }

    @Mixin
    private Target target;

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "LOG",
            defaultValue = "serial",
            description = "serial, k0s, provision or boot. Default: ${DEFAULT-VALUE}.")
    private Source source = Source.SERIAL;

    @Mixin
    private NodeChoice node;

    @Option(
            names = {"-f", "--follow"},
            description = "Go on with what is written from now on.")
    private boolean follow;

    @Override
    public Integer call() throws InterruptedException {
        Access access = node.of(target.name());
        return switch (source) {
            case SERIAL -> show(access.folder().serialLog(access.node()));
            case BOOT -> show(access.folder().bootLog());
            case K0S -> remote(access, "/var/log/k0s.log /var/log/k0s.err");
            case PROVISION -> remote(access, "/var/log/provision.log");
        };
    }

    private int show(Path log) throws InterruptedException {
        if (!Files.isReadable(log)) {
            throw LabFailure.lab("there is no " + log, "nothing was written yet", "wait for the node to start");
        }
        if (follow) {
            return Child.run(List.of("tail", "-n", "+1", "-F", log.toString()));
        }
        try {
            Files.copy(log, System.out);
            return 0;
        } catch (IOException error) {
            throw LabFailure.lab(log + " cannot be read", String.valueOf(error.getMessage()), "see who owns it");
        }
    }

    private int remote(Access access, String files) throws InterruptedException {
        List<String> command = new ArrayList<>(access.sshCommand());
        command.add((follow ? "tail -n +1 -F " : "cat ") + files);
        return Child.run(command);
    }
}

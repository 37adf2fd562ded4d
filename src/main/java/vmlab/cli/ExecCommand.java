package vmlab.cli;

import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import vmlab.run.LabFailure;

/** {@code lab exec}: a door into the embedded host for whatever lab has no command for. */
@Command(
        name = "exec",
        description = "Run a command inside the embedded host, where the labs are.",
        footer = {"", "Examples:", "  lab exec -- virsh list --all"})
final class ExecCommand implements Callable<Integer> {

    @Parameters(arity = "1..*", paramLabel = "COMMAND")
    private List<String> command;

    @Override
    public Integer call() throws InterruptedException {
        if (Surroundings.ofThisProcess().connect().isEmpty()) {
            throw LabFailure.machine(
                    "no embedded host runs", "it could not be started", "lab doctor says what it lacks");
        }
        return Child.run(command);
    }
}

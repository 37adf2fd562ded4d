package vmlab.cli;

import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code lab help}: for those who don't ask with {@code --help}, which all commands have. */
@Command(name = "help", helpCommand = true, description = "Show help for a command.")
final class HelpOfCommand implements Runnable {

    @Spec
    private CommandSpec spec;

    @Parameters(arity = "0..*", paramLabel = "COMMAND", description = "The command, like up or image build.")
    private List<String> names = List.of();

    @Override
    public void run() {
        CommandLine command = spec.commandLine().getParent();
        for (String name : names) {
            command = command.getSubcommands().get(name);
            if (command == null) {
                throw new ParameterException(
                        spec.commandLine(), "there is no command " + String.join(" ", names) + "; lab help lists all");
            }
        }
        command.usage(spec.commandLine().getOut());
    }
}

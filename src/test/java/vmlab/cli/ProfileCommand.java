package vmlab.cli;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import vmlab.profile.NodeProfile;
import vmlab.site.Site;

/** What {@code scripts/bench --profile} runs, where the lab's libvirt is: where a node's processors are, as tables. */
@Command(
        name = "scripts/bench --profile",
        description = "Show where the virtual processors of a running node spend their time.")
final class ProfileCommand implements Callable<Integer> {

    private static final int LONGEST = 600;

    @Mixin
    private Target target;

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "NODE",
            description = "Which node. Default: the first one in cluster.yaml.")
    private Optional<String> node = Optional.empty();

    @Option(names = "-s", paramLabel = "SECONDS", description = "How long to sample, 1 to 600. Default: 20.")
    private int seconds = 20;

    @Spec
    private CommandSpec spec;

    /** {@code [-s SECONDS] LAB [NODE]}. */
    public static void main(String[] arguments) {
        System.exit(commandLine().execute(arguments));
    }

    /** With the failures and exit statuses of lab's own commands. */
    static CommandLine commandLine() {
        return new CommandLine(new ProfileCommand())
                .setExecutionExceptionHandler(Main.commandLine().getExecutionExceptionHandler());
    }

    @Override
    public Integer call() throws InterruptedException {
        if (seconds < 1 || seconds > LONGEST) {
            throw new ParameterException(spec.commandLine(), "-s " + seconds + " is not 1 to " + LONGEST);
        }
        String lab = target.name();
        Site site = Surroundings.ofThisProcess().siteOf(lab);
        try (var engine = site.engine()) {
            var profile = new NodeProfile(
                            site, Duration.ofSeconds(seconds), now -> System.err.println("profile: " + now))
                    .of(lab, node);
            System.out.print(ProfileText.of(profile));
        }
        return 0;
    }
}

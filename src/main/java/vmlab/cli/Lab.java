package vmlab.cli;

import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** The root of all commands, which {@link NeededCommands} adds those to that a command line can need. */
@Command(
        name = "lab",
        versionProvider = VersionText.class,
        synopsisSubcommandLabel = "COMMAND",
        description =
                "Real k0s clusters on virtual machines that boot as real servers do: over PXE, from an image built here.",
        footer = {
            "",
            "Exit: 0 done · 1 the lab failed · 2 bad usage or file · 3 this machine can't · 4 plan: changes pending · 130 interrupted.",
            "LAB_HOME and LAB_CACHE choose the folders of labs and of images; LIBVIRT_DEFAULT_URI the hypervisor."
        })
final class Lab {

    /** Its commands, in the order of the help. */
    static final List<Class<?>> COMMANDS = List.of(
            InitCommand.class,
            UpCommand.class,
            PlanCommand.class,
            UpgradeCommand.class,
            RollbackCommand.class,
            PauseCommand.class,
            StopCommand.class,
            StartCommand.class,
            RebootCommand.class,
            PowerCommand.class,
            DownCommand.class,
            StatusCommand.class,
            ReportCommand.class,
            EventsCommand.class,
            ListCommand.class,
            SshCommand.class,
            ConsoleCommand.class,
            LogsCommand.class,
            CaptureCommand.class,
            LinkCommand.class,
            DiagnoseCommand.class,
            BundleCommand.class,
            PullCommand.class,
            KubeconfigCommand.class,
            TestCommand.class,
            ForwardCommand.class,
            ExecCommand.class,
            DoctorCommand.class,
            GcCommand.class,
            GoldenCommand.class,
            SnapshotCommand.class,
            ForkCommand.class,
            LoadCommand.class,
            ImagesCommand.class,
            ImageCommand.class,
            McpCommand.class,
            SchemaCommand.class,
            ServeCommand.class,
            TrainCommand.class,
            ManCommand.class,
            CompletionCommand.class,
            WordsCommand.class,
            HelpOfCommand.class);

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            scope = ScopeType.INHERIT,
            description = "Say what the command does and takes.")
    private boolean help;

    @Option(
            names = {"-V", "--version"},
            versionHelp = true,
            description = "Say which lab this is.")
    private boolean version;

    @Option(
            names = "--connect",
            paramLabel = "URI",
            scope = ScopeType.INHERIT,
            description = "Where: a libvirt URI, embedded, or kubevirt:CONTEXT. Default: where the lab is; a new one"
                    + " goes to the system's libvirt if that answers, otherwise embedded.")
    private String connect = "";
}

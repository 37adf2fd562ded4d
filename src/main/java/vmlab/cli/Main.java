package vmlab.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.nio.file.InvalidPathException;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;
import vmlab.image.BuildElsewhere;
import vmlab.run.LabFailure;
import vmlab.spec.SpecException;

/** Where the process begins: runs the command, turns what went wrong into a text and an exit status. */
public final class Main {

    private static final int BAD_INPUT = 2;
    private static final int INTERRUPTED = 130;

    /** What the launcher understands as "run me again outside of the embedded host, to build the image". */
    private static final int BUILD_OUTSIDE = 75;

    private Main() {}

    /** Runs one command. */
    public static void main(String[] arguments) {
        Interruption interruption = Interruption.ofThisThread();
        Stdout stdout = Stdout.ofThisProcess();
        int status = commandLine(arguments).execute(arguments);
        boolean isDone = status == 0 || status == PlanCommand.CHANGES;
        interruption.exit(isDone ? stdout.failure().map(Main::unwritten).orElse(status) : status);
    }

    private static int unwritten(String why) {
        return say(LabFailure.lab(
                "the command did its work, and what it had to say could not be written",
                why,
                "see where its output goes"));
    }

    /** The command line with all commands. */
    static CommandLine commandLine() {
        return CommandGroups.in(commandLine(Lab.COMMANDS));
    }

    private static CommandLine commandLine(List<Class<?>> commands) {
        CommandLine lab = new CommandLine(new Lab());
        commands.forEach(lab::addSubcommand);
        return lab.setCaseInsensitiveEnumValuesAllowed(true)
                // An argument that begins with @ is one: a file's name, or a word for a command on a node.
                .setExpandAtFiles(false)
                .setUsageHelpAutoWidth(true)
                .setParameterExceptionHandler(Main::say)
                .setExecutionExceptionHandler((error, command, parsed) -> say(error));
    }

    /** The command line with what these arguments can need of it. */
    static CommandLine commandLine(String... arguments) {
        return NeededCommands.of(arguments).map(Main::commandLine).orElseGet(Main::commandLine);
    }

    /** A usage error in sight: the usage itself is one command away. */
    private static int say(ParameterException error, String... arguments) {
        CommandLine command = error.getCommandLine();
        PrintWriter out = command.getErr();
        out.println("lab: " + text(error));
        UnmatchedArgumentException.printSuggestions(error, out);
        out.println("  next: " + command.getCommandSpec().qualifiedName() + " --help shows how it is used");
        out.flush();
        return BAD_INPUT;
    }

    /** picocli counts places; who mistyped a word looks for the word. */
    private static String text(ParameterException error) {
        if (error instanceof UnmatchedArgumentException unmatched) {
            boolean isCommand = !error.getCommandLine().getSubcommands().isEmpty();
            String kind = unmatched.isUnknownOption() ? "option" : isCommand ? "command" : "argument";
            return "unknown " + kind + " '" + unmatched.getUnmatched().getFirst() + "'";
        }
        return String.valueOf(error.getMessage()).replaceFirst("^Missing required subcommand$", "no command is named");
    }

    private static int say(Exception error) {
        switch (error) {
            case BuildElsewhere outside -> {
                return BUILD_OUTSIDE;
            }
            case InterruptedException interrupted -> {
                System.err.println("lab: interrupted");
                return INTERRUPTED;
            }
            case SpecException bad -> {
                System.err.println(bad.getMessage());
                return BAD_INPUT;
            }
            case LabFailure failure -> {
                return say(failure);
            }
            case InvalidPathException none -> {
                return say(LabFailure.input(
                                "no file can be called so", none.getReason() + ": " + none.getInput(), "check the name")
                        .causedBy(none));
            }
            case UncheckedIOException unreadable -> {
                return say(ofFiles(unreadable.getCause()).causedBy(unreadable));
            }
            case FileSystemException unreadable -> {
                return say(ofFiles(unreadable).causedBy(unreadable));
            }
            default -> {
                System.err.println("lab: internal error: " + error);
                System.err.println("  next: run it again with LAB_VERBOSE=1 and report what it prints");
                verbose(error);
                return 1;
            }
        }
    }

    private static int say(LabFailure failure) {
        System.err.print(FailureText.of(failure));
        verbose(failure);
        return failure.kind().exitCode();
    }

    /** What met the error knew nothing better to say of it. */
    private static LabFailure ofFiles(IOException error) {
        return LabFailure.lab(
                "a file or folder could not be read or written",
                error.toString(),
                "see who owns it, what it is, and whether the disk is full");
    }

    private static void verbose(Exception error) {
        if (System.getenv("LAB_VERBOSE") != null) {
            error.printStackTrace();
        }
    }
}

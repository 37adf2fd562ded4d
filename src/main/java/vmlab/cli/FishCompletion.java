package vmlab.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** What fish completes a command line by; picocli writes that for bash only. */
final class FishCompletion {

    /** Whether the words so far, without options and their values, begin with those of a command and name none of its own. */
    private static final String AT = """
            # fish completion for lab
            function __lab_at
                set -l words
                set -l skip 0
                for word in (commandline -opc)[2..-1]
                    if test $skip = 1
                        set skip 0
                    else if contains -- $word %s
                        set skip 1
                    else if not string match -q -- '-*' $word
                        set -a words $word
                    end
                end
                set -l depth (count $argv)
                test (count $words) -ge $depth; or return 1
                for i in (seq $depth)
                    test $words[$i] = $argv[$i]; or return 1
                end
                set -l next (math $depth + 1)
                set -q words[$next]; or return 0
                not contains -- $words[$next] (__lab_commands "$argv")
            end
            function __lab_commands
                switch $argv[1]
            %s    end
            end
            complete -c lab -f
            complete -c lab -n 'test (count (commandline -opc)) -gt 1' -a '(lab words -- (commandline -opc)[2..-1] 2>/dev/null)'
            """;

    private final List<String> lines = new ArrayList<>();
    private final StringBuilder cases = new StringBuilder();

    private FishCompletion() {}

    /** The script for a command and all that it has. */
    static String of(CommandLine lab) {
        FishCompletion script = new FishCompletion();
        script.add(lab, List.of());
        String valued = all(lab).flatMap(command -> command.getCommandSpec().options().stream())
                .filter(FishCompletion::takesValue)
                .flatMap(option -> Stream.of(option.names()))
                .distinct()
                .sorted()
                .collect(Collectors.joining(" "));
        return AT.formatted(valued, script.cases) + String.join("\n", script.lines) + "\n";
    }

    private static Stream<CommandLine> all(CommandLine command) {
        return Stream.concat(Stream.of(command), subcommands(command).flatMap(FishCompletion::all));
    }

    private static Stream<CommandLine> subcommands(CommandLine command) {
        return command.getSubcommands().values().stream()
                .distinct()
                .filter(each -> !each.getCommandSpec().usageMessage().hidden());
    }

    private static Stream<String> names(CommandLine command) {
        return Stream.concat(
                Stream.of(command.getCommandName()),
                Stream.of(command.getCommandSpec().aliases()));
    }

    private static boolean takesValue(OptionSpec option) {
        return option.arity().max() > 0;
    }

    private void add(CommandLine command, List<String> words) {
        List<CommandLine> subcommands = subcommands(command).toList();
        if (!subcommands.isEmpty()) {
            cases.append("        case '%s'\n            string split ' ' -- '%s'\n"
                    .formatted(
                            String.join(" ", words),
                            subcommands.stream().flatMap(FishCompletion::names).collect(Collectors.joining(" "))));
        }
        String here = "complete -c lab -n '%s'".formatted(("__lab_at " + String.join(" ", words)).strip());
        for (CommandLine each : subcommands) {
            lines.add(here + " -a %s -d %s".formatted(each.getCommandName(), quoted(does(each.getCommandSpec()))));
        }
        if (subcommands.isEmpty()) {
            lines.add(here + " -F");
        }
        for (OptionSpec option : command.getCommandSpec().options()) {
            if (!option.hidden()) {
                lines.add(here + spelled(option) + " -d " + quoted(HelpText.first(option.description())));
            }
        }
        subcommands.forEach(each -> names(each)
                .forEach(name ->
                        add(each, Stream.concat(words.stream(), Stream.of(name)).toList())));
    }

    private static String spelled(OptionSpec option) {
        String names = Stream.of(option.names())
                .map(name -> name.startsWith("--") ? " -l " + name.substring(2) : " -s " + name.substring(1))
                .collect(Collectors.joining());
        if (!takesValue(option)) {
            return names;
        }
        List<String> values = option.completionCandidates() == null
                ? List.of()
                : StreamSupport.stream(option.completionCandidates().spliterator(), false)
                        .toList();
        return names
                + (values.isEmpty()
                        ? " -r -F"
                        : " -x -a " + quoted(String.join(" ", values).toLowerCase(Locale.ROOT)));
    }

    private static String does(CommandSpec command) {
        return HelpText.first(command.usageMessage().description());
    }

    private static String quoted(String text) {
        return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
    }
}

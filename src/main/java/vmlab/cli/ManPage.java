package vmlab.cli;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import vmlab.site.Build;
import vmlab.site.Version;

/**
 * The manual page of a command, in the macros of man(7), from what {@code --help} says. picocli's own generator writes AsciiDoc, which a tool
 * of another language would have to turn into these.
 */
final class ManPage {

    private static final String EXAMPLES = "Examples:";

    private final CommandLine command;
    private final StringBuilder page = new StringBuilder();

    private ManPage(CommandLine command) {
        this.command = command;
    }

    /** The pages of a command and of all that it has, but for hidden ones, by the names of their files. */
    static Map<String, String> all(CommandLine command) {
        Map<String, String> pages = new TreeMap<>();
        pages.put(name(command) + ".1", new ManPage(command).text());
        subcommands(command).forEach(each -> pages.putAll(all(each)));
        return pages;
    }

    private static List<CommandLine> subcommands(CommandLine command) {
        return command.getSubcommands().values().stream()
                .distinct()
                .filter(each -> !each.getCommandSpec().usageMessage().hidden())
                .toList();
    }

    /** As git names its pages: {@code lab-image-build}. */
    private static String name(CommandLine command) {
        return command.getCommandSpec().qualifiedName("-");
    }

    private static String does(CommandLine command) {
        return HelpText.lines(command.getCommandSpec().usageMessage().description())
                .getFirst();
    }

    private String text() {
        CommandSpec spec = command.getCommandSpec();
        page.append(".TH %s 1 \"%s\" \"lab %s\" \"lab's manual\"\n"
                .formatted(
                        name(command).toUpperCase(Locale.ROOT),
                        Build.ofThisProgram().date(),
                        Version.TEXT));
        page.append(".nh\n.ad l\n");
        section("NAME");
        line(name(command) + " \\- " + escaped(does(command).replaceAll("\\.$", "")));
        section("SYNOPSIS");
        line(synopsis());
        section("DESCRIPTION");
        paragraphs(HelpText.lines(spec.usageMessage().description()));
        commands();
        arguments(spec);
        footer(HelpText.lines(spec.usageMessage().footer()));
        seeAlso(spec);
        return page.toString();
    }

    private void section(String title) {
        page.append(".SH ").append(title).append('\n');
    }

    private void line(String roff) {
        page.append(roff.startsWith(".") || roff.startsWith("'") ? "\\&" : "")
                .append(roff)
                .append('\n');
    }

    private void paragraphs(List<String> texts) {
        for (int i = 0; i < texts.size(); i++) {
            page.append(i == 0 ? "" : ".PP\n");
            line(escaped(texts.get(i)));
        }
    }

    /** {@code lab up [-h] [--keep] [LAB]}, on one line that man breaks where it must. */
    private String synopsis() {
        String wide = new CommandLine(command.getCommandSpec())
                .setUsageHelpAutoWidth(false)
                .setUsageHelpWidth(4000)
                .getHelp()
                .synopsis(0)
                .strip();
        String words = command.getCommandSpec().qualifiedName();
        return "\\fB" + escaped(words) + "\\fR" + escaped(wide.substring(words.length()));
    }

    private void commands() {
        List<CommandLine> all = subcommands(command);
        if (!all.isEmpty()) {
            section("COMMANDS");
            for (CommandLine each : all) {
                tagged("\\fB" + escaped(name(each)) + "\\fR(1)", List.of(does(each)));
            }
        }
    }

    private void arguments(CommandSpec spec) {
        List<PositionalParamSpec> positional = spec.positionalParameters().stream()
                .filter(each -> !each.hidden())
                .toList();
        if (!positional.isEmpty()) {
            section("ARGUMENTS");
            positional.forEach(
                    each -> tagged("\\fI" + escaped(each.paramLabel()) + "\\fR", HelpText.lines(each.description())));
        }
        List<OptionSpec> options =
                spec.options().stream().filter(each -> !each.hidden()).toList();
        if (!options.isEmpty()) {
            section("OPTIONS");
            options.forEach(each -> tagged(spelled(each), HelpText.lines(each.description())));
        }
    }

    private static String spelled(OptionSpec option) {
        String value = option.arity().max() == 0 ? "" : " \\fI" + escaped(option.paramLabel()) + "\\fR";
        return Arrays.stream(option.names())
                        .map(name -> "\\fB" + escaped(name) + "\\fR")
                        .collect(Collectors.joining(", "))
                + value;
    }

    private void tagged(String roff, List<String> texts) {
        page.append(".TP\n");
        line(roff);
        line(escaped(String.join(" ", texts)));
    }

    private void footer(List<String> texts) {
        int examples = texts.indexOf(EXAMPLES);
        List<String> notes = new ArrayList<>(examples < 0 ? texts : texts.subList(0, examples));
        notes.removeIf(String::isBlank);
        if (!notes.isEmpty()) {
            section("NOTES");
            paragraphs(notes);
        }
        if (examples >= 0) {
            section("EXAMPLES");
            page.append(".nf\n");
            texts.subList(examples + 1, texts.size()).forEach(text -> line(escaped(text)));
            page.append(".fi\n");
        }
    }

    private void seeAlso(CommandSpec spec) {
        List<String> others = new ArrayList<>();
        if (spec.parent() != null) {
            others.add(name(spec.parent().commandLine()));
        }
        subcommands(command).forEach(each -> others.add(name(each)));
        if (!others.isEmpty()) {
            section("SEE ALSO");
            line(others.stream().map(name -> "\\fB" + escaped(name) + "\\fR(1)").collect(Collectors.joining(",\n")));
        }
    }

    private static String escaped(String text) {
        return text.replace("\\", "\\e").replace("-", "\\-").replace("'", "\\(aq");
    }
}

package vmlab.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.IHelpSectionRenderer;
import picocli.CommandLine.Model.UsageMessageSpec;

/** The list of commands in {@code lab --help}, in groups. */
final class CommandGroups implements IHelpSectionRenderer {

    private record Group(String title, List<String> commands) {}

    private static final List<Group> GROUPS = List.of(
            new Group("Bring up and down", List.of("init", "up", "plan", "down", "list", "status")),
            new Group(
                    "Look inside",
                    List.of(
                            "ssh",
                            "console",
                            "logs",
                            "events",
                            "report",
                            "diagnose",
                            "bundle",
                            "capture",
                            "kubeconfig")),
            new Group(
                    "Change",
                    List.of(
                            "upgrade",
                            "rollback",
                            "pull",
                            "start",
                            "stop",
                            "reboot",
                            "pause",
                            "power",
                            "link",
                            "forward")),
            new Group("Copy", List.of("fork", "snapshot", "golden")),
            new Group("Test", List.of("test", "mcp")),
            new Group("Images", List.of("image", "images", "load")),
            new Group("This machine", List.of("doctor", "gc", "exec", "schema", "completion", "help")));

    /** The names in all groups, in their order. */
    static List<String> names() {
        return GROUPS.stream().flatMap(group -> group.commands.stream()).toList();
    }

    /** Has {@code lab} show its commands so. */
    static CommandLine in(CommandLine lab) {
        lab.getHelpSectionMap().put(UsageMessageSpec.SECTION_KEY_COMMAND_LIST_HEADING, help -> "");
        lab.getHelpSectionMap().put(UsageMessageSpec.SECTION_KEY_COMMAND_LIST, new CommandGroups());
        return lab;
    }

    @Override
    public String render(Help lab) {
        return GROUPS.stream()
                .map(group -> "\n" + group.title + ":\n" + lab.createTextTable(rows(group, lab)))
                .collect(Collectors.joining());
    }

    private static Map<String, String> rows(Group group, Help lab) {
        Map<String, String> rows = new LinkedHashMap<>();
        for (String name : group.commands) {
            String does = lab.commandSpec()
                    .subcommands()
                    .get(name)
                    .getCommandSpec()
                    .usageMessage()
                    .description()[0];
            rows.put("  " + name, does);
        }
        return rows;
    }
}

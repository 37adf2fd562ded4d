package vmlab.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Parameters;
import vmlab.power.Power;
import vmlab.run.LabFailure;

/** {@code lab words}, for the scripts of {@code lab completion}: what is called so in a usage line is what its values are names of. */
@Command(name = "words", hidden = true, description = "Print the names that can follow these words of a command line.")
final class WordsCommand implements Callable<Integer> {

    private static final String LAB = "LAB";

    @Parameters(arity = "0..*", paramLabel = "WORD", description = "The words of a command line before the next one.")
    private List<String> words = List.of();

    private final List<String> operands = new ArrayList<>();

    @Override
    public Integer call() {
        KnownNames known = new KnownNames(Surroundings.forImages().home());
        next(Main.commandLine(words.toArray(String[]::new)))
                .flatMap(label -> names(label, known).stream())
                .distinct()
                .forEach(System.out::println);
        return 0;
    }

    /** What the usage calls that which may come next. */
    private Stream<String> next(CommandLine lab) {
        CommandLine command = lab;
        OptionSpec open = null;
        for (String word : words) {
            if (open != null) {
                open = null;
            } else if (word.startsWith("-")) {
                OptionSpec option = command.getCommandSpec().findOption(word);
                open = option == null || option.arity().max() == 0 ? null : option;
            } else if (operands.isEmpty() && command.getSubcommands().containsKey(word)) {
                command = command.getSubcommands().get(word);
            } else {
                operands.add(word);
            }
        }
        if (open != null) {
            return Stream.of(open.paramLabel());
        }
        int place = operands.size();
        // A lab may be left out where cluster.yaml names it.
        int most = place == 0 ? 2 : 1;
        return command.getCommandSpec().positionalParameters().stream()
                .flatMap(parameter -> Stream.of(parameter.paramLabel().split("[\\[\\] ]+")))
                .filter(label -> !label.isEmpty())
                .skip(place)
                .limit(most);
    }

    private List<String> names(String label, KnownNames known) {
        return switch (label) {
            case LAB -> known.labs();
            case "NODE" -> known.nodes(lab());
            case "ACT" ->
                Stream.of(Power.Act.values())
                        .map(act -> act.name().toLowerCase(Locale.ROOT))
                        .toList();
            case "SNAPSHOT" -> known.snapshots(lab());
            default -> List.of();
        };
    }

    /** The lab that is named before, or that of cluster.yaml. */
    private String lab() {
        try {
            return Target.of(operands.isEmpty() ? ClusterFile.USUAL : operands.getFirst())
                    .name();
        } catch (LabFailure none) {
            return "";
        }
    }
}

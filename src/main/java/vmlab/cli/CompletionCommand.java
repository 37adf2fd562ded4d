package vmlab.cli;

import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code lab completion}. */
@Command(
        name = "completion",
        description = "Print a completion script for bash, zsh or fish.",
        footer = {
            "",
            "Examples:",
            "  source <(lab completion)",
            "  lab completion zsh > ~/.zsh/functions/_lab",
            "  lab completion fish > ~/.config/fish/completions/lab.fish"
        })
final class CompletionCommand implements Callable<Integer> {

    /** The shells that there are scripts for. */
    enum Shell {
        BASH,
        ZSH,
        FISH;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * As a file of zsh's function path it is what zsh calls to complete; sourced, it registers itself. The first way takes no heed of
     * aliases, by which picocli's script has bash's compopt.
     */
    private static final String ZSH = """
            #compdef lab
            function compopt { : }
            %s%s
            if [[ "$funcstack[1]" == _lab ]]; then
              _bash_complete -o default -F _lab_or_names
            fi
            """;

    /** For bash, and for zsh, which has bash's ways here: the names that only lab knows, after what picocli's script finds. */
    private static final String NAMES = """

            function _lab_or_names() {
              _complete_lab
              local current=${COMP_WORDS[COMP_CWORD]}
              [[ $current == -* ]] ||
                COMPREPLY+=($(compgen -W "$("${COMP_WORDS[0]}" words -- "${COMP_WORDS[@]:1:$((COMP_CWORD - 1))}" 2>/dev/null)" -- "$current"))
            }
            complete -o default -F _lab_or_names lab
            """;

    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "SHELL",
            defaultValue = "bash",
            description = "bash, zsh or fish. Default: ${DEFAULT-VALUE}.")
    private Shell shell = Shell.BASH;

    @Override
    public Integer call() {
        CommandLine lab = Main.commandLine();
        System.out.print(
                switch (shell) {
                    case BASH -> AutoComplete.bash("lab", lab) + NAMES;
                    case ZSH -> ZSH.formatted(AutoComplete.bash("lab", lab), NAMES);
                    case FISH -> FishCompletion.of(lab);
                });
        return 0;
    }
}

package vmlab.spec;

import java.util.List;
import java.util.stream.Collectors;

/** A file that can't be used, with everything that is wrong with it. Its message is ready to be shown. */
public final class SpecException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient List<Problem> problems;

    /** For at least one problem, in the order in which to show them. */
    public SpecException(List<Problem> problems) {
        super(problems.stream().map(Problem::render).collect(Collectors.joining("\n")));
        this.problems = List.copyOf(problems);
    }

    /** Everything that is wrong, in the order of the file; never empty. */
    public List<Problem> problems() {
        return problems;
    }
}

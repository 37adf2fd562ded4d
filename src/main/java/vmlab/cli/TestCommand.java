package vmlab.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

@Command(name = "test", description = "todo")
final class TestCommand implements Callable<Integer> {
    @Override
    public Integer call() {
        return 1;
    }
}

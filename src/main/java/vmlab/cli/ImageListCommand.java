package vmlab.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

@Command(name = "list", description = "todo")
final class ImageListCommand implements Callable<Integer> {
    @Override
    public Integer call() {
        return 1;
    }
}

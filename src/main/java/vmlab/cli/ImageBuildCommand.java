package vmlab.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

@Command(name = "build", description = "todo")
final class ImageBuildCommand implements Callable<Integer> {
    @Override
    public Integer call() {
        return 1;
    }
}

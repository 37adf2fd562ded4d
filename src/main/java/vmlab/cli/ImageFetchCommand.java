package vmlab.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

@Command(name = "fetch", description = "todo")
final class ImageFetchCommand implements Callable<Integer> {
    @Override
    public Integer call() {
        return 1;
    }
}

package vmlab.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import vmlab.spec.Specs;

/** {@code lab schema}. */
@Command(name = "schema", description = "Print the JSON schema of cluster.yaml, for editors.")
final class SchemaCommand implements Callable<Integer> {

    @Override
    public Integer call() {
        System.out.print(Specs.clusterSchema());
        return 0;
    }
}

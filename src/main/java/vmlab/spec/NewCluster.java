package vmlab.spec;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/**
 * A cluster.yaml to begin with, commented.
 *
 * @param file where it will be; the lab is called after it, or after its folder
 * @param image the recipe
 * @param nodes how many; 0 for three controllers and two workers
 * @param provision from where nodes provision themselves
 */
public record NewCluster(Path file, Path image, int nodes, Optional<String> provision) {

    /** As many as one recipe of a node may count, and a controller. */
    public static final int MOST_NODES = 100;

    private static final String SINGLE = """
            nodes:
              - name: cp
                role: single           # the whole cluster in one machine; nothing can join it
                cpus: 2
                memory: 3GiB
                # boot: uefi-pxe       # pxe, uefi-pxe, tftp or direct
            """;

    private static final String WORKERS = """
            nodes:
              - name: cp
                role: controller+worker
                cpus: 2
                memory: 3GiB
              - name: w
                count: %s               # w1 and on
                role: worker
                cpus: 2
                memory: 2GiB
                # labels: {tier: fast}
                # taints: [dedicated=batch:NoSchedule]
            """;

    private static final String HA = """
            nodes:
              - name: cp
                count: 3               # one of which may fail
                role: controller
                cpus: 1
                memory: 1536MiB
              - name: w
                count: 2
                role: worker
                cpus: 1
                memory: 1536MiB
            """;

    private static final String REST = """

            # network: {mode: isolated}  # nat, the default: nodes reach the world; isolated: each other and this machine
            # images: [./app.tar]      # container images that pods find: archives, or names
            # ports: ["8080:default/web:80"]   # a port of this machine's loopback, and where in the cluster it leads

            tests: [smoke]             # suites that lab up runs; ./checks would be a folder of your own
            """;

    /** The text, for editors that read the schema in {@code schema}, a file beside it. */
    public String text(String schema) {
        String git = provision
                .map(where ->
                        "\nprovision:\n  git: " + quoted(where) + "   # nodes pull and run its run.sh on each boot\n")
                .orElse(
                        "\n# provision: {git: ./post-boot}   # a folder or repository whose run.sh nodes pull and run on each boot\n");
        return "# yaml-language-server: $schema=" + schema + "\n"
                + "# lab up brings it up, lab plan shows what an edit would do, lab down takes it away.\n"
                + "apiVersion: lab/v1\n"
                + "name: " + name() + "\n"
                + "image: " + quoted(image.toString()) + "   # the recipe of the nodes' system\n\n"
                + machines() + git + REST;
    }

    private String machines() {
        return switch (nodes) {
            case 0 -> HA;
            case 1 -> SINGLE;
            default -> WORKERS.formatted(nodes - 1);
        };
    }

    private String name() {
        String own = file.getFileName().toString().replaceFirst("\\.[^.]*$", "");
        Path folder = file.getParent();
        String named = own.equals("cluster") && folder.getFileName() != null
                ? folder.getFileName().toString()
                : own;
        String name =
                named.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceAll("^[^a-z]+|-+$", "");
        return Names.isName(name) ? name : "demo";
    }

    private static String quoted(String text) {
        return text.matches("[A-Za-z0-9./_~-]+") ? text : "'" + text.replace("'", "''") + "'";
    }
}

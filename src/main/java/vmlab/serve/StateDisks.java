package vmlab.serve;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import vmlab.boot.BootConfig;
import vmlab.kube.storage.NodeFolders;
import vmlab.run.LabFailure;
import vmlab.run.Reading;
import vmlab.site.Reach;
import vmlab.ssh.SshSession;

/** The nodes' state disks, reached by SSH. */
record StateDisks(BootConfig config, Reach reach) implements NodeFolders {

    private static final int SSH = 22;
    private static final Duration LIMIT = Duration.ofSeconds(30);

    @Override
    public void change(String node, List<String> made, List<String> removed) throws LabFailure, InterruptedException {
        try (SshSession session = login(node)) {
            session.exec(command(made, removed), LIMIT);
        }
    }

    /** Of paths in which a shell finds nothing of its own. Whoever a pod runs as, it may write, as in an emptyDir. */
    static String command(List<String> made, List<String> removed) {
        String make = made.isEmpty() ? "true" : "mkdir -p %1$s && chmod 0777 %1$s".formatted(words(made));
        return removed.isEmpty() ? make : make + " && rm -rf " + words(removed);
    }

    private static String words(List<String> paths) {
        return paths.stream().collect(Collectors.joining(" "));
    }

    private SshSession login(String node) throws InterruptedException {
        InetSocketAddress address = config.clients().stream()
                .filter(client -> client.node().equals(node))
                .findFirst()
                .map(client -> new InetSocketAddress(client.address(), SSH))
                .orElseThrow(() -> away(node, "the lab has no such node"));
        return switch (reach.ssh(node, address).login(LIMIT)) {
            case Reading.Ready<SshSession>(var session) -> session;
            case Reading.NotYet<SshSession>(var why) -> throw away(node, why);
            case Reading.Never<SshSession>(var why, var _) -> throw away(node, why);
        };
    }

    private static LabFailure away(String node, String why) {
        return LabFailure.lab("node " + node + " can't be reached", why, "lab status shows what runs");
    }
}

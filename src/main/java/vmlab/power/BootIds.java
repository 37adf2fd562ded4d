package vmlab.power;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import vmlab.site.NodeLogin;
import vmlab.ssh.SshSession;

/** Which boot of a node it is that runs now: the kernel makes up an id each time (random(4)). */
public final class BootIds {

    private static final Duration LIMIT = Duration.ofMinutes(1);

    private BootIds() {}

    static String of(SshSession ssh) throws InterruptedException {
        return ssh.exec("cat /proc/sys/kernel/random/boot_id", LIMIT).strip();
    }

    /** Of nodes that are about to be up, by their names; waits until each lets us in. */
    public static Map<String, String> of(List<NodeLogin> nodes, NodeReboot boot) throws InterruptedException {
        Map<String, String> ids = new TreeMap<>();
        for (NodeLogin node : nodes) {
            try (SshSession ssh = boot.awaitSsh(node, "")) {
                ids.put(node.node(), of(ssh));
            }
        }
        return ids;
    }
}

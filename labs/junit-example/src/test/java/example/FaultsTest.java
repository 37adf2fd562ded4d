package example;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import vmlab.junit.Cluster;
import vmlab.junit.Exec;
import vmlab.junit.Lab;
import vmlab.junit.Node;

/** What happens to real servers. */
@Lab("lab.yaml")
class FaultsTest {

    @Test
    void aNodeOutlivesItsCable(Cluster cluster) {
        cluster.apply("{apiVersion: v1, kind: Namespace, metadata: {name: of-faults}}");
        Node node = cluster.node("cp");

        node.exec("nohup sh -c 'sleep 3; echo 7 >/proc/sys/kernel/printk; echo back >/dev/kmsg' >/dev/null 2>&1 &");
        node.unplug();
        node.awaitConsole("back", Duration.ofMinutes(2));
        node.plug();

        cluster.awaitReady();
        try (var always = cluster.always("the API answers", Duration.ofSeconds(1), () -> cluster.client()
                .namespaces()
                .withName("of-faults")
                .require())) {
            Exec carrier = node.exec("cat /sys/class/net/eth0/carrier");
            assertTrue(carrier.orThrow().startsWith("1"), carrier::toString);
        }
    }
}

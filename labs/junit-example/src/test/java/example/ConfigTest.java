package example;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fabric8.kubernetes.api.model.Namespace;
import java.util.List;
import org.junit.jupiter.api.Test;
import vmlab.junit.Cluster;
import vmlab.junit.Lab;

/** What one class makes in its cluster the other does not see. */
@Lab("lab.yaml")
class ConfigTest {

    @Test
    void whatIsAppliedIsThere(Cluster cluster) {
        cluster.apply("{apiVersion: v1, kind: Namespace, metadata: {name: of-config}}");

        List<String> names = cluster.client().namespaces().list().getItems().stream()
                .map(Namespace::getMetadata)
                .map(its -> its.getName())
                .toList();
        assertTrue(names.contains("of-config") && !names.contains("of-faults"), () -> "namespaces " + names);
    }

    @Test
    void theNodeIsReadOnlyWhereItSaysSo(Cluster cluster) {
        assertEquals(1, cluster.node("cp").exec("touch /usr/x").exit());
    }
}

package vmlab.up;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.util.Map;
import org.junit.jupiter.api.Test;
import vmlab.image.Images;
import vmlab.make.FetchImages;
import vmlab.plan.LabFolder;
import vmlab.registry.ContainerStore;
import vmlab.registry.WantedImages;
import vmlab.run.EventLog;
import vmlab.run.LabFailure;
import vmlab.run.Run;
import vmlab.site.OnTestDriver;
import vmlab.spec.Cluster;
import vmlab.spec.Specs;

/** An {@code up} whose cluster.yaml is refused, of a lab of which only the evidence of its last failure is left. */
class RefusedUpTest extends OnTestDriver {

    @Test
    void theEvidenceOfTheLastFailureStays() throws Exception {
        LabFolder folder = LabFolder.of(home, "demo");
        Files.createDirectories(folder.evidence());
        Files.writeString(folder.evidence().resolve("events.jsonl"), "what went wrong");
        Files.writeString(folder.evidence().resolve("bundle.tar.zst"), "all of it");
        Files.createDirectories(home.resolve("empty"));
        Files.writeString(home.resolve("recipe.yaml"), "");
        Cluster cluster = Specs.readCluster(
                Files.writeString(
                        home.resolve("cluster.yaml"),
                        "apiVersion: lab/v1\nname: demo\nimage: recipe.yaml\nnodes: [{name: cp}]\nprovision: {git: ./empty}\n"));

        assertThatThrownBy(() -> new Up(
                                site(),
                                new Images(home.resolve("cache"), false),
                                new FetchImages(new WantedImages(new ContainerStore(home), Map.of()), false),
                                false,
                                false,
                                true)
                        .run(cluster, new Run(new EventLog(folder.events()))))
                .isInstanceOfSatisfying(
                        LabFailure.class, failure -> assertThat(failure.what()).contains("no run.sh"));

        assertThat(folder.evidence().resolve("events.jsonl")).hasContent("what went wrong");
        assertThat(folder.evidence().resolve("bundle.tar.zst")).hasContent("all of it");
        assertThat(folder.events()).doesNotExist();
    }
}

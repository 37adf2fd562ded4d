package vmlab.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vmlab.image.BootImage;
import vmlab.image.Images;
import vmlab.registry.TakingRegistry;
import vmlab.run.Run;

/** What {@code up} puts into a registry for a lab in a cluster: the gateway's image with a real image in it, once. */
class GatewayPublisherIT {

    private static final Path INSTALLATION = Path.of("").toAbsolutePath();
    private static final Run RUN = new Run(event -> {});

    @TempDir
    private Path folder;

    @Test
    void theGatewaysImageIsPushedOnceByTheUsersLogin() throws Exception {
        Path cache = Surroundings.forImages().cache();
        BootImage booted = new Images(cache, true).resolve(INSTALLATION.resolve("images/debian-standin.yaml"), RUN);
        try (TakingRegistry registry = TakingRegistry.start()) {
            registry.login(folder, TakingRegistry.USER);
            GatewayPublisher publisher = new GatewayPublisher(
                    cache, INSTALLATION, registry.name() + "/lab/gateway", Map.of("HOME", folder.toString()));
            List<Path> images = List.of(Path.of(booted.digest()));

            String name = publisher.publish(images, "", RUN);

            assertThat(name).startsWith(registry.name() + "/lab/gateway:");
            assertThat(registry.asked)
                    .contains("blob")
                    .last()
                    .isEqualTo("manifest " + name.substring(name.lastIndexOf(':') + 1));
            int sent = registry.asked.size();
            assertThat(publisher.publish(images, name, RUN)).isEqualTo(name);
            assertThat(registry.asked).as("it is there").hasSize(sent);
        }
    }
}

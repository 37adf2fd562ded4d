package vmlab.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import vmlab.gateway.GatewayImage;
import vmlab.image.BootImage;
import vmlab.image.Images;
import vmlab.registry.ContainerStore;
import vmlab.registry.Pushing;
import vmlab.registry.StoredImage;
import vmlab.run.Run;
import vmlab.spec.ImageName;

/**
 * Builds the image of a gateway, and pushes it with the logins of docker or podman.
 *
 * @param repository a registry and a name there, without a tag
 */
record GatewayPublisher(Path cache, Path installation, String repository, Map<String, String> env) {

    /** What the image is called there that has these images of the store; {@code current} need not be put there again. */
    String publish(List<Path> folders, String current, Run run) throws InterruptedException {
        Images images = new Images(cache, true);
        List<BootImage> booted = new ArrayList<>();
        for (Path folder : folders) {
            booted.add(images.ofDigest(folder.getFileName().toString()).orElseThrow());
        }
        ContainerStore store = new ContainerStore(cache);
        StoredImage built = new GatewayImage(store, cache, installation).of(booted, run);
        ImageName wanted =
                ImageName.parse(repository + ":" + ImageName.parse(built.name()).reference());
        if (!current.equals(wanted.toString())) {
            new Pushing(store, env).push(built, wanted, run);
        }
        return wanted.toString();
    }
}

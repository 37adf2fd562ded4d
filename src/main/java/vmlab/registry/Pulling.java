package vmlab.registry;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import vmlab.net.Proxies;
import vmlab.run.Run;
import vmlab.spec.ImageName;

/** Brings images from their registries into the store, with the user's own logins and proxies. */
public final class Pulling {

    private final ContainerStore store;
    private final DockerLogin logins;
    private final Proxies proxies;

    /** Into {@code store}, with what the environment says of logins and proxies. */
    public Pulling(ContainerStore store, Map<String, String> env) {
        this.store = store;
        this.logins = DockerLogin.ofUser(env);
        this.proxies = new Proxies(env);
    }

    /** Pulls an image; one that is in the store already is replaced by what its name leads to now. */
    public StoredImage pull(ImageName name, Run run) throws InterruptedException {
        return pull(name, Optional.empty(), image -> image, run, Optional.of(run));
    }

    /** The same on a pod's demand: {@code known}, which the store has by that name, stays where the name leads to it still. */
    StoredImage demand(ImageName name, Optional<StoredImage> known) throws InterruptedException {
        return pull(name, known, StoredImage::demanded, new Run(event -> {}), Optional.empty());
    }

    /** {@code patience}: what waits for a registry that is busy; a pod asks again itself. */
    private StoredImage pull(
            ImageName name,
            Optional<StoredImage> known,
            UnaryOperator<StoredImage> mark,
            Run run,
            Optional<Run> patience)
            throws InterruptedException {
        Optional<DockerLogin.Login> login = logins.at(name.registry());
        RegistryFailures failures = RegistryFailures.ofPull(name, login.isPresent());
        try (Incoming incoming = store.receive();
                RegistryClient registry = new RegistryClient(name, login, proxies, patience, failures)) {
            Descriptor root = registry.resolve();
            if (known.isPresent() && known.get().digest().equals(root.digest().toString())) {
                return known.get();
            }
            StoredImage image = mark.apply(new Intake(incoming, new Metered(registry, name.toString(), run))
                    .take(root)
                    .as(name.toString()));
            store.publish(java.util.List.of(image), incoming, run);
            return image;
        } catch (NoImage error) {
            throw failures.noImage(error);
        } catch (IOException error) {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            throw Trouble.of(name + " can't be pulled", error);
        }
    }
}

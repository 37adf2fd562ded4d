package vmlab.registry;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import vmlab.run.LabFailure;
import vmlab.run.Run;
import vmlab.spec.ImageName;

/** Brings images of this machine into the store: from files, from Docker or Podman, from stdin. */
public final class Loading {

    private static final String STDIN = "-";

    private final ContainerStore store;
    private final Optional<ImageName> name;

    /** Into {@code store}; {@code name}: what the image is to be called, where it has no name or another one. */
    public Loading(ContainerStore store, Optional<ImageName> name) {
        this.store = store;
        this.name = name;
    }

    /** Takes in what {@code text} means: a file, a folder, an image that Docker or Podman has, or {@code -} for {@code stdin}. */
    public List<StoredImage> load(String text, InputStream stdin, Run run) throws InterruptedException {
        String what = (text.equals(STDIN) ? "what stdin has" : text) + " can't be loaded";
        try (Incoming incoming = store.receive()) {
            if (text.equals(STDIN)) {
                return take(unpacked(stdin, incoming), Set.of(), incoming, "what stdin has", run);
            }
            Optional<Path> file = ImageFile.of(text);
            if (file.isEmpty()) {
                return fromEngine(text, incoming, run);
            }
            if (Files.isDirectory(file.get())) {
                return take(offers(file.get()), Set.of(), incoming, text, run);
            }
            try (InputStream archive = Files.newInputStream(file.get())) {
                return take(unpacked(archive, incoming), Set.of(), incoming, text, run);
            }
        } catch (NoImage error) {
            throw Trouble.noImage(what, error);
        } catch (IOException error) {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            throw Trouble.of(what, error);
        }
    }

    /** Whether {@code text} is a file, a folder or an image on this machine. */
    public static boolean knows(String text) throws InterruptedException {
        return ImageFile.of(text).isPresent()
                || ContainerEngine.having(text, new ArrayList<>()).isPresent();
    }

    private List<StoredImage> fromEngine(String text, Incoming incoming, Run run)
            throws IOException, InterruptedException {
        List<String> said = new ArrayList<>();
        ImageName wanted = ImageName.find(text).orElseThrow(() -> neither(text));
        ContainerEngine engine = ContainerEngine.having(text, said).orElseThrow(() -> nobody(text, said));
        Process saving = engine.save(text);
        try {
            List<Offer> offers = unpacked(saving.getInputStream(), incoming);
            if (!saving.waitFor(Unpacked.LIMIT.toSeconds(), TimeUnit.SECONDS) || saving.exitValue() != 0) {
                throw new NoImage(engine.program() + " save did not end well");
            }
            // Pods ask for it as the user does: podman calls an app of one's own localhost/app.
            return take(offers, engine.isId(text) ? Set.of() : Set.of(wanted), incoming, text, run);
        } finally {
            saving.destroyForcibly();
        }
    }

    private static List<Offer> unpacked(InputStream archive, Incoming incoming)
            throws IOException, InterruptedException {
        return offers(Unpacked.into(incoming.scratch(), archive));
    }

    private static List<Offer> offers(Path folder) throws IOException {
        List<Offer> offers = LayoutFolder.isOne(folder)
                ? new LayoutFolder(folder).offers()
                : DockerArchive.isOne(folder) ? new DockerArchive(folder).offers() : List.of();
        if (offers.isEmpty()) {
            throw new NoImage("it holds no image: neither " + LayoutFolder.INDEX + " (OCI) nor manifest.json (docker)");
        }
        return offers;
    }

    private List<StoredImage> take(List<Offer> offers, Set<ImageName> asked, Incoming incoming, String text, Run run)
            throws IOException, InterruptedException {
        List<StoredImage> images = new ArrayList<>();
        for (Offer offer : offers) {
            Set<ImageName> names = names(offer, asked, offers.size(), text);
            try {
                Intake.Taken taken =
                        new Intake(incoming, new Metered(offer.content(), words(names), run)).take(offer.root());
                names.forEach(each -> images.add(taken.as(each.toString())));
            } catch (NoImage error) {
                throw offers.size() == 1
                        ? error
                        : new NoImage("of its images " + words(names) + ": " + error.getMessage());
            }
        }
        store.publish(images, incoming, run);
        return images;
    }

    private Set<ImageName> names(Offer offer, Set<ImageName> asked, int offers, String text) {
        if (name.isPresent()) {
            if (offers > 1) {
                throw new NoImage("it holds " + offers + " images, which can't all be called " + name.get());
            }
            return Set.of(name.get());
        }
        Set<ImageName> names = new LinkedHashSet<>(offer.names());
        names.addAll(asked);
        if (names.isEmpty()) {
            throw LabFailure.input(
                    text + " has no name",
                    "nothing in it says which registry and repository it is of, and pods ask for images by name",
                    "say it: lab load --name registry.example/app:1 …");
        }
        return names;
    }

    private static String words(Set<ImageName> names) {
        return names.stream().map(ImageName::toString).collect(Collectors.joining(", "));
    }

    private static LabFailure neither(String text) {
        return LabFailure.input(
                text + " can't be loaded",
                "it is neither a file nor the name of an image",
                "give an archive, an OCI layout, a name like registry.example/app:1.2, or - for stdin");
    }

    private static LabFailure nobody(String text, List<String> said) {
        if (Files.exists(Path.of(text))) {
            return LabFailure.input(
                    text + " can't be loaded",
                    Files.isDirectory(Path.of(text))
                            ? "it is a folder without an OCI layout: it has no " + LayoutFolder.INDEX
                            : "it is a file, and no archive",
                    "docker save, podman save and skopeo copy to oci-archive:FILE make archives");
        }
        return LabFailure.input(
                "no image " + text + " on this machine",
                String.join("\n", said),
                "lab images pull " + text + " fetches it from its registry");
    }
}

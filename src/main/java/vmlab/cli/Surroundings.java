package vmlab.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import vmlab.engine.Engine;
import vmlab.engine.Watch;
import vmlab.image.E2eTests;
import vmlab.image.Images;
import vmlab.machine.Calibration;
import vmlab.machine.EmulationSpeed;
import vmlab.make.FetchImages;
import vmlab.observe.Doctor;
import vmlab.plan.Inventory;
import vmlab.plan.LabFolder;
import vmlab.registry.ContainerStore;
import vmlab.registry.WantedImages;
import vmlab.run.Events;
import vmlab.run.Run;
import vmlab.site.Access;
import vmlab.site.Identity;
import vmlab.site.LabLog;
import vmlab.site.Site;
import vmlab.spec.Cluster;
import vmlab.spec.KubevirtCluster;
import vmlab.spec.PodImages;

/**
 * What the launcher and the user's environment say: which libvirt, which folders.
 *
 * @param connect a libvirt URI; empty when labs would live in the embedded host and none runs
 * @param asked what the user said with {@code --connect}
 * @param why the launcher chose so
 * @param embedded whether this process runs inside the embedded host
 * @param imageOnly whether this process runs outside of it only to build the image, which needs the network
 */
record Surroundings(
        Optional<String> connect,
        Optional<String> asked,
        String why,
        boolean embedded,
        boolean imageOnly,
        Path home,
        Path cache,
        Path installation) {

    /** How the launcher says that no embedded host runs. */
    private static final String NO_HOST = "none";

    /** With a home that can be used; any other is refused. */
    static Surroundings ofThisProcess() {
        return forImages().withUsableHome();
    }

    /** The same for a command that is about images alone, and needs no home. */
    static Surroundings forImages() {
        return of(System.getenv(), Path.of(System.getProperty("lab.home.dir", ".")));
    }

    static Surroundings of(Map<String, String> env, Path installation) {
        boolean embedded = env.containsKey("LAB_EMBEDDED");
        String connect = embedded ? "qemu:///system" : env.getOrDefault("LAB_CONNECT", "qemu:///system");
        boolean imageOnly = "image".equals(env.get("LAB_STAGE"));
        return new Surroundings(
                connect.equals(NO_HOST) || imageOnly ? Optional.empty() : Optional.of(connect),
                Optional.of(env.getOrDefault("LAB_CONNECT_ASKED", "")).filter(uri -> !uri.isEmpty()),
                env.getOrDefault("LAB_CONNECT_WHY", "so the launcher chose"),
                embedded,
                imageOnly,
                folder(env, "LAB_HOME", "XDG_DATA_HOME", ".local/share"),
                folder(env, "LAB_CACHE", "XDG_CACHE_HOME", ".cache"),
                installation.toAbsolutePath().normalize());
    }

    /** This, unless labs can have no folders, locks or reports in the home. */
    Surroundings withUsableHome() {
        new ChosenFolder("LAB_HOME", home).require("labs", "locks", "reports");
        return this;
    }

    /** As the XDG base directories have it, where an empty variable counts as none. */
    private static Path folder(Map<String, String> env, String own, String xdg, String below) {
        String wanted = env.getOrDefault(own, "");
        if (!wanted.isEmpty()) {
            return Path.of(wanted).toAbsolutePath();
        }
        String base = env.getOrDefault(xdg, "");
        return (base.isEmpty()
                        ? Path.of(env.getOrDefault("HOME", System.getProperty("user.home")), below)
                        : Path.of(base))
                .resolve("lab")
                .toAbsolutePath();
    }

    /**
     * The same at the hypervisor that the folder of {@code lab} names, whatever else answers today. Another that the user asked for, or
     * that can't be reached from here, is refused.
     */
    Surroundings at(String lab) {
        Optional<Identity> identity = Identity.read(LabFolder.of(home, lab));
        if (identity.isEmpty()) {
            return this;
        }
        String its = identity.get().uri();
        asked.filter(uri -> !isMeant(uri, its)).ifPresent(uri -> {
            throw identity.get().elsewhere(uri);
        });
        boolean isOutside = !embedded && connect.isPresent();
        if (its.equals(Identity.EMBEDDED) ? isOutside : embedded) {
            throw identity.get().elsewhere(uri());
        }
        return its.equals(Identity.EMBEDDED)
                ? this
                : new Surroundings(
                        Optional.of(its), asked, "its folder says so", false, imageOnly, home, cache, installation);
    }

    /** The same at the place that {@code cluster} names; the user may name another, or no more than another context of it. */
    Surroundings as(Cluster cluster) {
        Optional<KubevirtCluster> said = asked.flatMap(KubevirtCluster::parse);
        boolean isAnother =
                asked.isPresent() && said.filter(it -> it.settings().isEmpty()).isEmpty();
        if (isAnother || cluster.engine().isEmpty()) {
            return this;
        }
        KubevirtCluster its = KubevirtCluster.parse(cluster.engine().get()).orElseThrow();
        Optional<String> uri = Optional.of(said.map(KubevirtCluster::context)
                .filter(context -> !context.isEmpty())
                .map(its::in)
                .orElse(its)
                .toString());
        return new Surroundings(uri, uri, "cluster.yaml says so", false, imageOnly, home, cache, installation);
    }

    /** Who leaves out context or settings of a cluster means those that the folder names. */
    private static boolean isMeant(String asked, String its) {
        Optional<KubevirtCluster> there = KubevirtCluster.parse(its);
        Optional<KubevirtCluster> said = KubevirtCluster.parse(asked);
        if (there.isEmpty() || said.isEmpty()) {
            return asked.equals(its);
        }
        String context = said.get().context();
        Map<String, String> settings = said.get().settings();
        return (context.isEmpty() || context.equals(there.get().context()))
                && (settings.isEmpty() || settings.equals(there.get().settings()));
    }

    /** The hypervisor that is asked, as {@code --connect} names it. */
    String uri() {
        return embedded ? Identity.EMBEDDED : connect.orElse(Identity.EMBEDDED);
    }

    /** The engine that is asked, to be connected to; empty when labs would live in the embedded host and none runs. */
    Optional<Supplier<Engine>> engine() {
        return connect.map(uri -> () -> connected(uri));
    }

    private Engine connected(String uri) {
        return KubevirtCluster.parse(uri)
                .map(cluster -> Engines.connect(cluster, cache, installation))
                .orElseGet(() -> Engines.connect(uri, embedded));
    }

    /** Where new labs would be. */
    Doctor.Place place() {
        return new Doctor.Place(engine(), why, embedded);
    }

    /** What sees a lab's machines there. */
    Watch.Source watches() {
        return (lab, nodesByMac, events) ->
                connect.flatMap(uri -> Engines.watch(uri, LabFolder.of(home, lab), nodesByMac, events));
    }

    /** Connects; to be used by commands that cannot do without a libvirt. */
    private Site site() {
        return new Site(connected(connect.orElse("qemu:///system")), home, embedded, calibration());
    }

    /** How fast labs are emulated; found out when somebody asks. */
    Calibration calibration() {
        return connect.filter(uri -> !Identity.isHere(uri)).isPresent()
                ? Calibration.of(EmulationSpeed.unknown("another machine emulates"))
                : Calibration.keptIn(cache);
    }

    /** Connects to the hypervisor that is asked; to be used by commands that are about no lab in particular. */
    Site anySite() {
        return site();
    }

    /** Connects to where {@code lab} is, or is to be. */
    Site siteFor(String lab) {
        return at(lab).site();
    }

    /** Connects to where {@code lab} is; to be used by commands for which it must be up. */
    Site siteOf(String lab) {
        Surroundings its = at(lab);
        if (its.connect.isEmpty()) {
            throw Access.notUp(lab);
        }
        return its.site();
    }

    /** What libvirt has of all labs, where {@code lab} is; nothing where no embedded host runs. */
    Inventory everything(String lab) {
        Surroundings its = at(lab);
        if (its.connect.isEmpty()) {
            return Inventory.EMPTY;
        }
        Site site = its.site();
        try (Engine engine = site.engine()) {
            return site.everything(lab);
        }
    }

    /** The images; none can be built inside the embedded host, which has no network. */
    Images images() {
        return images(!embedded);
    }

    /** The images, in a cache that can be written; any other is refused. {@code mayBuild}: missing ones may be built by this process. */
    Images images(boolean mayBuild) {
        new ChosenFolder("LAB_CACHE", cache).require();
        return new Images(cache, mayBuild);
    }

    /** Kubernetes' own tests, in a cache that can be written; not built inside the embedded host either. */
    E2eTests e2eTests(Run run) throws InterruptedException {
        new ChosenFolder("LAB_CACHE", cache).require();
        return E2eTests.built(cache, installation, !embedded, run);
    }

    /** The images of their containers, rebuilt, in the store that nodes pull from. */
    Path e2eImages(Run run) throws InterruptedException {
        Path folder = E2eTests.rebuiltImages(cache, installation, !embedded, run);
        PodImages wanted = new PodImages(List.of(folder.resolve("images.tar")), List.of(), PodImages.Pull.NEVER);
        fetchImages().run(wanted, run);
        return folder;
    }

    /** The container images of the user's, in a cache that can be written; any other is refused. */
    ContainerStore containers() {
        new ChosenFolder("LAB_CACHE", cache).require();
        return new ContainerStore(cache);
    }

    /** What brings those that a cluster.yaml names; inside the embedded host there is neither Docker nor a way to a registry. */
    FetchImages fetchImages() {
        return new FetchImages(new WantedImages(containers(), System.getenv()), !embedded);
    }

    /** A run that tells {@code progress} and the log of {@code lab} what happens. */
    Run run(String lab, Events progress) {
        return new Run(Events.toAll(List.of(progress, LabLog.of(home, lab))));
    }

    /** What libvirt has of ours; nothing where no embedded host runs. */
    Inventory inventory() {
        if (connect.isEmpty()) {
            return Inventory.EMPTY;
        }
        try (Engine engine = connected(connect.get())) {
            return engine.inventory();
        }
    }
}

package vmlab.gc;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import vmlab.gc.Leftover.Kind;
import vmlab.gc.Leftover.State;
import vmlab.image.BootImage;
import vmlab.image.Images;
import vmlab.plan.Mark;
import vmlab.run.Run;
import vmlab.site.Site;

/**
 * Finds what crashed runs left behind, and removes it. What another home, another user, or a lab that runs or is stopped has is not touched;
 * a lab whose lock another command holds is left alone.
 */
public final class Gc {

    private final Path home;
    private final Path temporary;
    private final String uri;
    private final Optional<Site> site;
    private final Images images;

    /**
     * In {@code home}, and in what {@code images} keep.
     *
     * @param temporary the folder for temporary files
     * @param uri the hypervisor, as {@code --connect} names it
     * @param site the same, connected; empty where it is the embedded host, and none runs
     */
    public Gc(Path home, Path temporary, String uri, Optional<Site> site, Images images) {
        this.home = home;
        this.temporary = temporary;
        this.uri = uri;
        this.site = site;
        this.images = images;
    }

    /**
     * Collects.
     *
     * @param dryRun only tell what would go
     * @param force also state disks that hold data, of labs whose machines are gone
     * @param old how old evidence, reports and logs of failed builds are when they go
     * @param keptImages so many images of each recipe stay, used or not
     */
    public Collected run(boolean dryRun, boolean force, Duration old, int keptImages, Run run)
            throws InterruptedException {
        GcOptions options = new GcOptions(dryRun, force, Age.of(old), keptImages);
        Collected all = new Collected();
        new LabLeftovers(home, uri, site, options).collect(all, run);
        new HomeLeftovers(home, temporary, machines(), options).collect(all);
        new CacheLeftovers(images, options).collect(all);
        State state = dryRun ? State.FOUND : State.REMOVED;
        // Last, for a lab's folder that went is no longer one that uses an image.
        for (Map.Entry<BootImage, Long> image :
                images.collectGarbage(keptImages, dryRun, run).entrySet()) {
            all.add(new Leftover(Kind.IMAGE, image.getKey().folder().toString(), image.getValue(), state));
        }
        return all;
    }

    private Set<String> machines() {
        return site.stream()
                .flatMap(its -> its.engine().inventory().marks())
                .map(Mark::id)
                .collect(Collectors.toSet());
    }
}

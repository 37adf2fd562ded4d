package vmlab.change;

import java.nio.file.Files;
import java.util.Optional;
import vmlab.boot.GitSource;
import vmlab.plan.LabFolder;
import vmlab.site.Site;
import vmlab.spec.Cluster;
import vmlab.spec.Provision;

/** Brings what nodes provision themselves from up to date, where it lies on this machine; the nodes pull it themselves. */
public final class Pull {

    /** What a node runs to provision itself. */
    public static final String COMMAND = "/usr/lib/lab/provision";

    private final Site site;

    /** A pull on {@code site}. */
    public Pull(Site site) {
        this.site = site;
    }

    /**
     * Makes a new snapshot of the source that {@code cluster} names; without one, of the source that the last snapshot was of.
     *
     * @return the commit that nodes get now; empty where they ask a server elsewhere
     */
    public Optional<String> refresh(String lab, Optional<Cluster> cluster) throws InterruptedException {
        LabFolder folder = site.folder(lab);
        Optional<GitSource> source = cluster.isPresent()
                ? cluster.flatMap(Cluster::provision).filter(Provision::isLocal).map(GitSource::of)
                : Files.isDirectory(folder.repository()) ? GitSource.ofSnapshot(folder.repository()) : Optional.empty();
        return source.isEmpty() ? Optional.empty() : Optional.of(source.get().snapshot(folder.repository()));
    }
}

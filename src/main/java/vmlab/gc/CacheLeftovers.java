package vmlab.gc;

import java.nio.file.Path;
import vmlab.gc.Leftover.Kind;
import vmlab.gc.Leftover.State;
import vmlab.image.Images;
import vmlab.machine.DiskUse;
import vmlab.run.LabFailure;

/** What builds and downloads that were cut off left in the cache. */
record CacheLeftovers(Images images, GcOptions options) {

    void collect(Collected into) throws InterruptedException {
        for (Path path : images.leftovers(options.old().before())) {
            Kind kind = path.toString().endsWith(".lock") ? Kind.LOCK : Kind.TEMPORARY;
            Leftover leftover = new Leftover(kind, path.toString(), DiskUse.of(path), State.FOUND);
            if (options.dryRun()) {
                into.add(leftover);
                continue;
            }
            try {
                if (images.removeLeftover(path)) {
                    into.add(leftover.removed());
                }
            } catch (LabFailure failure) {
                into.add(Spared.failed(path.toString(), failure));
            }
        }
    }
}

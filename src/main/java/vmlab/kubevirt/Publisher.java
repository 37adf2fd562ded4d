package vmlab.kubevirt;

import java.nio.file.Path;
import java.util.List;
import vmlab.run.Run;

/** Puts the image of a gateway where the cluster can pull it. */
@FunctionalInterface
public interface Publisher {

    /**
     * What the image is called there that has the {@code images} which nodes boot, by their folders.
     *
     * @param current what a lab's gateway runs now, which need not be put there again; empty where there is none
     */
    String publish(List<Path> images, String current, Run run) throws InterruptedException;
}

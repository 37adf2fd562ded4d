package vmlab.engine;

import java.nio.file.Path;
import java.util.List;
import vmlab.run.Reading;
import vmlab.run.Run;

/** What serves labs' nodes at an engine where no process of this machine could. */
public interface Gateways {

    /**
     * Lets the gateway of {@code lab} serve what {@code settings} says, from now on; does not wait for it.
     *
     * @param settings a boot server's, as JSON
     * @param images the folders of the images that nodes boot, which the gateway is to have
     * @return whether anything of it is new
     */
    boolean serve(String lab, String settings, List<Path> images, Run run) throws InterruptedException;

    /** Ready when it serves. */
    Reading<String> look(String lab);
}

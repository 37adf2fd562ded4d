package vmlab.site;

import java.nio.file.Path;
import vmlab.libvirt.Hypervisor;
import vmlab.plan.LabFolder;

/**
 * Where labs are built: a libvirt and a folder.
 *
 * @param home the folder that holds every lab's own folder ({@code $LAB_HOME})
 * @param embedded whether this libvirt is a private one in namespaces of our own, out of the reach of the user's shell
 */
public record Site(Hypervisor hypervisor, Path home, boolean embedded) {

    /** The folder of one lab. */
    public LabFolder folder(String lab) {
        return LabFolder.of(home, lab);
    }

    /** Where the embedded host's door to the user's loopback listens. */
    public Path door() {
        return home.resolve("host").resolve("door.sock");
    }
}

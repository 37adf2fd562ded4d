package vmlab.site;

import java.nio.file.Path;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import vmlab.libvirt.Hypervisor;
import vmlab.libvirt.TestDriver;
import vmlab.plan.LabFolder;

/** What a test of phases begins with: libvirt's built-in test driver, and a home for labs. */
public abstract class OnTestDriver {

    @TempDir
    public Path home;

    @RegisterExtension
    public final TestDriver libvirt = new TestDriver();

    public final Hypervisor hypervisor = libvirt.hypervisor();

    /** The folder of a lab that began here, with the id that {@link TestDriver} marks with. */
    public final LabFolder begun(String lab) {
        LabFolder folder = LabFolder.of(home, lab);
        new Identity(lab, TestDriver.ID, home.toString(), Identity.EMBEDDED, "").write(folder);
        return folder;
    }

    /** A site of this libvirt and this home. */
    public final Site site() {
        return new Site(hypervisor, home, true);
    }
}

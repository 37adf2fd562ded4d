package vmlab.phase;

import java.nio.file.Path;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import vmlab.libvirt.Hypervisor;
import vmlab.libvirt.TestDriver;

/** What a test of phases begins with: libvirt's built-in test driver, and a home for labs. */
abstract class OnTestDriver {

    @TempDir
    Path home;

    @RegisterExtension
    final TestDriver libvirt = new TestDriver();

    final Hypervisor hypervisor = libvirt.hypervisor();

    final Site site() {
        return new Site(hypervisor, home, true);
    }
}

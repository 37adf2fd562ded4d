package vmlab.phase;

import java.nio.file.Path;
import vmlab.host.Accelerator;
import vmlab.host.Calibration;
import vmlab.host.EmulationSpeed;
import vmlab.host.Hypervisor;
import vmlab.plan.LabFolder;
import vmlab.run.Pace;
import vmlab.spec.Limits;
import vmlab.spec.Timeouts;

/**
 * Where labs are built: a libvirt, a folder and a machine of some speed.
 *
 * @param home the folder that holds every lab's own folder ({@code $LAB_HOME})
 * @param embedded whether this libvirt is a private one in namespaces of our own, out of the reach of the user's shell
 * @param calibration tells the speed
 */
public record Site(Hypervisor hypervisor, Path home, boolean embedded, Calibration calibration) {

    /** One of the usual speed. */
    public Site(Hypervisor hypervisor, Path home, boolean embedded) {
        this(hypervisor, home, embedded, Calibration.of(EmulationSpeed.unknown("not asked for")));
    }

    /** The folder of one lab. */
    public LabFolder folder(String lab) {
        return LabFolder.of(home, lab);
    }

    /** How long one waits for machines that {@code accelerator} executes: the limits were chosen under emulation, which KVM outruns. */
    Pace pace(Accelerator accelerator) throws InterruptedException {
        return accelerator == Accelerator.TCG ? calibration.speed().pace() : Pace.USUAL;
    }

    /** How long one waits for the machines of a lab that is there. */
    Pace pace(String lab) throws InterruptedException {
        var machines = hypervisor.inventory().of(lab).domains();
        return machines.isEmpty()
                ? Pace.USUAL
                : pace(Accelerator.ofDomainType(machines.getFirst().accelerator()));
    }

    /** The limits that hold for a lab here. */
    Limits limits(Bootable lab) throws InterruptedException {
        return limits(lab, lab.plan().cluster().timeouts());
    }

    /** The same, where others than cluster.yaml's own were asked for. */
    Limits limits(Bootable lab, Timeouts asked) throws InterruptedException {
        return asked.limits(pace(lab.accelerator())::of);
    }

    /** Where the embedded host's door to the user's loopback listens. */
    public Path door() {
        return home.resolve("host").resolve("door.sock");
    }
}

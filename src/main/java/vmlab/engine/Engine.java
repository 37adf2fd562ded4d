package vmlab.engine;

import java.util.List;
import java.util.Optional;
import vmlab.plan.Accelerator;
import vmlab.plan.Inventory;
import vmlab.spec.Accel;

/** A connection to what carries machines and networks. An error of its own becomes a {@link vmlab.run.LabFailure}. */
public interface Engine extends AutoCloseable {

    /** Where it is, as {@code --connect} names it: {@code qemu:///system}. */
    String uri();

    /** What it is made of, each with its version: {@code libvirt 11.3.0}, {@code QEMU 10.0.2}. */
    List<String> versions();

    /** Refuses versions that can't carry labs whose instructions {@code accelerator} executes. */
    void requireVersions(Accelerator accelerator);

    /** Everything of ours that is there now. */
    Inventory inventory();

    /** Its virtual machines. */
    Machines machines();

    /** Its networks. */
    Networks networks();

    /** What executes instructions there, where {@code wanted} is asked for; refuses what it has not. */
    Accelerator accelerator(Accel wanted) throws InterruptedException;

    /** Whether it makes and keeps the disks of its machines; otherwise they are files in the lab's folder. */
    boolean keepsDisks();

    /** What takes snapshots of disks that the engine keeps; empty: it keeps none. */
    default Optional<DiskSnapshots> diskSnapshots() {
        return Optional.empty();
    }

    /** What serves nodes there; empty: a process of this machine does. */
    Optional<Gateways> gateways();

    /** How this machine reaches the addresses of {@code lab}. */
    Road road(String lab);

    @Override
    void close();
}

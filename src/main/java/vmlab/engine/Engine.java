package vmlab.engine;

import java.util.List;
import vmlab.plan.Accelerator;
import vmlab.plan.Inventory;

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

    @Override
    void close();
}

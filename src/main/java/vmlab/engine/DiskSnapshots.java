package vmlab.engine;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import vmlab.plan.AppliedSpec;
import vmlab.plan.Mark;
import vmlab.run.Reading;

/** Snapshots of the disks of machines, at an engine that keeps those; memory is not in them. Names of machines are the plan's. */
public interface DiskSnapshots {

    /**
     * One snapshot of a lab.
     *
     * @param nodes those that it has, with what each was made from
     */
    record Saved(String name, Instant made, Map<String, AppliedSpec> nodes) {}

    /** Those of {@code lab}, by name. */
    List<Saved> of(String lab);

    /** Begins to take one of a machine's disk; the machine may run. */
    void take(String machine, String snapshot, Mark mark, AppliedSpec made);

    /** Ready when it is whole. */
    Reading<String> look(String machine, String snapshot);

    /** Begins to put a machine's disk back to where a snapshot has it; the machine is off. */
    void restore(String machine, String snapshot, Mark mark);

    /** Ready when the disk is as it was. */
    Reading<String> lookRestored(String machine, String snapshot);

    /** Removes one of {@code lab}, whole or not, of machines that are gone by now as well. One that is gone already is fine. */
    void remove(String lab, String snapshot);
}

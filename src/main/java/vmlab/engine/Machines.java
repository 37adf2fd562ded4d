package vmlab.engine;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import vmlab.plan.AppliedSpec;
import vmlab.plan.Mark;

/** An engine's virtual machines, by the names that the plan gives them. */
public interface Machines {

    /**
     * Makes a machine, switched off. One of the lab's that exists already has the new description from its next start on; where the engine
     * refuses that, it keeps the one that it had.
     */
    void define(MachineRequest machine) throws InterruptedException;

    /** The description by which {@link #defineCopy} makes a machine like this one, at another engine of the same kind. */
    String description(String name);

    /**
     * Makes a machine, switched off, by the description of one of another lab: like it in all that the node itself sees.
     *
     * @param mark of the lab that it is for; its node is the one of the description
     * @param memory the folder for the file in which it has its memory
     */
    void defineCopy(String description, Mark mark, Path memory);

    /** Gives a machine that is off this file as its state disk. */
    void giveDisk(String name, Path disk);

    /** Notes on a machine, which may run, what it is made from now. */
    void mark(String name, Mark mark, AppliedSpec made);

    /** Switches a machine on. */
    void start(String name);

    /**
     * Switches a machine on that goes on, once it is told to {@link #resume}, where another stood. It only reads the other's memory, so any
     * number of machines can share that; what each of them changes is its own.
     *
     * @param memory what {@link #save} wrote
     * @param state the same
     */
    void startFrom(String name, Path memory, Path state) throws InterruptedException;

    /** Lets a machine stand still, at once and with all that it is in the middle of. */
    void pause(String name);

    /** Lets a machine go on that stands still. */
    void resume(String name);

    /** Lets a machine go on that a command let stand still which was killed, perhaps amid {@link #save}. */
    void wake(String name) throws InterruptedException;

    /**
     * Writes a machine that stands still into two files, all but its disks; its memory must be a file, or over one.
     *
     * @param memory gets its memory, with holes where there is nothing
     * @param state gets its processors and devices
     */
    void save(String name, Path memory, Path state) throws InterruptedException;

    /** Lets a machine write to {@code layer} of its state disk from now on, an empty one over the one that it has written to. */
    void cover(String name, Path layer);

    /** Lets a machine that runs begin anew, as its power button and then its switch would. */
    void reboot(String name);

    /** Presses the power button; whether anybody heeds it shows later. One that is off or gone already is fine. */
    void pressPowerButton(String name);

    /** Takes the power from a machine, which stays defined. One that is off or gone already is fine. */
    void cutPower(String name);

    /** Takes the power from a machine and forgets it, with all that the engine keeps for it. One that is gone already is fine. */
    void remove(String name);

    /** The network cards of a machine that runs. */
    List<Card> cards(String name);

    /** Puts the cable of one of a running machine's cards in, or takes it out, which the machine sees. */
    void plug(String name, String mac, boolean plugged);

    /** Whether a machine runs; one that is gone does not. */
    boolean isRunning(String name);

    /** A machine's state for people: {@code running}, {@code paused}, {@code shutoff}; {@code gone} where there is none. */
    String state(String name);

    /** What keeps a machine that was switched on from running, in the engine's words; empty where nothing is known to. */
    String trouble(String name);

    /** What an engine noted of a machine by itself that is not in its {@link #log}: a line each, the latest last. */
    default List<String> notes(String name) {
        return List.of();
    }

    /** Refuses to make a machine's disk larger, where the engine keeps disks and this one can't grow. */
    default void requireGrowth(String name) {}

    /** All that the engine knows of a machine, as text for the evidence. */
    String describe(String name);

    /** What a machine's display shows at this moment, as a PNG. One that is off shows nothing, which is a failure. */
    byte[] screenshot(String name);

    /** How a terminal gets to a machine's serial console. */
    Console console(String name);

    /** The file with what the program that carries a machine wrote, where there is one to be read from here. */
    Optional<Path> log(String name);
}

package vmlab.engine;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import vmlab.plan.Made;
import vmlab.plan.Mark;

/** An engine's virtual machines, by the names that the plan gives them. */
public interface Machines {

    /**
     * Makes a machine, switched off. One of the lab's that exists already has the new description from its next start on; where the engine
     * refuses that, it keeps the one that it had.
     */
    void define(MachineRequest machine);

    /** Notes on a machine, which may run, what it is made from now. */
    void mark(String name, Mark mark, Made made);

    /** Switches a machine on. */
    void start(String name);

    /** Switches a machine on that goes on, once it is told to {@link #resume}, with the state in a file that {@link #saveState} wrote. */
    void startFrom(String name, Path state);

    /** Lets a machine stand still, at once and with all that it is in the middle of. */
    void pause(String name);

    /** Lets a machine go on that stands still. */
    void resume(String name);

    /** Writes the state of a machine that stands still into a file: all but what its disks and its {@link Memory.InFile} hold. */
    void saveState(String name, Path state);

    /** Lets a machine that runs begin anew, as its power button and then its switch would. */
    void reboot(String name);

    /** Presses the power button; whether anybody heeds it shows later. One that is off or gone already is fine. */
    void pressPowerButton(String name);

    /** Takes the power from a machine, which stays defined. One that is off or gone already is fine. */
    void cutPower(String name);

    /** Takes the power from a machine and forgets it, with all that the engine keeps for it. One that is gone already is fine. */
    void remove(String name);

    /** Whether a machine runs; one that is gone does not. */
    boolean isRunning(String name);

    /** A machine's state for people: {@code running}, {@code paused}, {@code shutoff}; {@code gone} where there is none. */
    String state(String name);

    /** All that the engine knows of a machine, as text for the evidence. */
    String describe(String name);

    /** What a machine's display shows at this moment, as a PNG. One that is off shows nothing, which is a failure. */
    byte[] screenshot(String name);

    /** The command that connects this terminal with a machine's serial console. */
    List<String> consoleCommand(String name);

    /** The file with what the program that carries a machine wrote, where there is one to be read from here. */
    Optional<Path> log(String name);
}

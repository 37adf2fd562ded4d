package vmlab.engine;

import vmlab.plan.Mark;
import vmlab.plan.NodePlan;
import vmlab.plan.Plan;

/** An engine's networks, by the names that the plan gives them. */
public interface Networks {

    /** Makes a network that stands still: its addresses are spoken for, and nothing answers on it yet. */
    void define(NetworkRequest network);

    /** The description by which {@link #defineCopy} makes a network like this one, at another engine of the same kind. */
    String description(String name);

    /** Makes a network that stands still, by the description of one of another lab; {@code mark}: of the lab that it is for. */
    void defineCopy(String description, Mark mark);

    /** Starts a network that is defined and stands still. */
    void start(String name);

    /** Stops a network, which stays defined; one that stands still or is gone already is fine. */
    void stop(String name);

    /** Stops and forgets a network; one that is gone already is fine. */
    void remove(String name);

    /** All that the engine knows of a network, as text for the evidence. */
    String describe(String name);

    /** Lets the networks of {@code plan}, which may run, give {@code node} its addresses, and call it by its name. */
    void admit(Plan plan, NodePlan node);

    /** Lets a network, which may run, forget {@code node}; what it does not know is fine. */
    void forget(String network, String node);
}

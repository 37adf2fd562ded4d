package vmlab.suite.own;

/** Reboots nodes for a check that asks for it. */
@FunctionalInterface
public interface Reboots {

    /** Returns when the node is back and the cluster Ready with it. */
    void reboot(String node) throws InterruptedException;
}

package vmlab.kill;

/** Told of each point at which a command could be killed, just before what it names happens. */
@FunctionalInterface
interface Points {
    void at(String what);
}

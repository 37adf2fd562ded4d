package vmlab.engine;

import java.nio.file.Path;

/** Where a machine has its memory. */
public sealed interface Memory {

    /** Where the engine puts it; nobody else reaches it. */
    record Private() implements Memory {}

    /** In a file on a tmpfs, made when the machine is switched on: it can be copied while the machine is paused. */
    record InFile(Path file) implements Memory {}

    /**
     * Over a file that was copied from such a memory. It is only read, so any number of machines can share it; what each of them changes is
     * its own. Such a machine does not boot: it goes on with the state that it is given.
     */
    record Over(Path file) implements Memory {}
}

package vmlab.snapshot;

import java.nio.file.Path;

/** The folder of a lab as it stood at one moment, and what its files are called. Paths only, no I/O. */
record Snapshot(Path folder) {

    /** What is known of it; written last. */
    Path manifest() {
        return folder.resolve("manifest.json");
    }

    /** A node's memory. */
    Path memory(String node) {
        return folder.resolve(node + ".memory.img");
    }

    /** A node's processors and devices. */
    Path state(String node) {
        return folder.resolve(node + ".state");
    }

    /** What the engine has of the lab's machines, a description each. */
    Path machines() {
        return folder.resolve("machines");
    }

    /** The same of its networks. */
    Path networks() {
        return folder.resolve("networks");
    }

    /** What the lab's folder had: disks, keys, access. */
    Path files() {
        return folder.resolve("lab");
    }
}

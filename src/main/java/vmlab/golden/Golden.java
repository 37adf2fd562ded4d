package vmlab.golden;

import java.nio.file.Path;

/** The folder of a golden lab, and what its files are called. Paths only, no I/O. */
record Golden(Path folder) {

    /** What is known of it; written last. */
    Path manifest() {
        return folder.resolve("manifest.json");
    }

    /** A node's memory. */
    Path memory(String node) {
        return folder.resolve(node + ".memory");
    }

    /** A node's processors and devices. */
    Path state(String node) {
        return folder.resolve(node + ".state");
    }

    /** Copies of what the lab's folder had: disks, keys, access. */
    Path files() {
        return folder.resolve("lab");
    }
}

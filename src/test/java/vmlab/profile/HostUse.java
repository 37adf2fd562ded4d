package vmlab.profile;

import java.time.Duration;

/**
 * What this machine's processors were used for while a node was looked at.
 *
 * @param window for how long that was
 * @param qemu what QEMU used for the node
 * @param all what everything used, QEMU too: where this is all there is, the node waits for its turn, and its shares say less
 * @param processors how many there are
 */
public record HostUse(Duration window, Duration qemu, Duration all, int processors) {}

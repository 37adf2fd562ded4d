/**
 * What a node pulls when it boots: the iPXE script for its MAC address, kernel, initrd and squashfs over HTTP; and what it says on its way
 * up, its milestones. The server listens on the lab's bridge only, in a process of its own that lives as long as the lab.
 */
@NullMarked
package vmlab.boot;

import org.jspecify.annotations.NullMarked;

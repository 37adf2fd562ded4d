/** This machine: whether KVM works, memory, disk and networks that are free, file systems for nodes. */
@NullMarked
package vmlab.machine;

import org.jspecify.annotations.NullMarked;

/** Faults on purpose, of the links between nodes: {@link vmlab.fault.LinkFaults} makes them, and tells which there are. */
@NullMarked
package vmlab.fault;

import org.jspecify.annotations.NullMarked;

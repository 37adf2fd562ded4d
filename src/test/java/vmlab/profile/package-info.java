/**
 * What {@code scripts/bench --profile} makes of what QEMU and a node say: where the virtual processors were, in which functions of the
 * kernel, for which processes. Text in, records out; no I/O.
 */
@NullMarked
package vmlab.profile;

import org.jspecify.annotations.NullMarked;

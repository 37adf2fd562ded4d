/**
 * The engine: steps, events, waits that say why, deadlines, failures that say what next, and clean-up in reverse order. It knows nothing
 * of virtual machines.
 */
@NullMarked
package vmlab.run;

import org.jspecify.annotations.NullMarked;

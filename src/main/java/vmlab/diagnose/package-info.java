/**
 * Why a node does not come up: causes as data, each with a detector over the evidence, and the cure. Pure functions; whoever has the
 * evidence asks {@link vmlab.diagnose.Causes}. A fault that no cause fits gets the last lines of each source, not a guess.
 */
@NullMarked
package vmlab.diagnose;

import org.jspecify.annotations.NullMarked;

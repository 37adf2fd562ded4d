/** Bringing a lab up. {@link vmlab.up.Up} is the whole story as a list of phases. */
@NullMarked
package vmlab.up;

import org.jspecify.annotations.NullMarked;

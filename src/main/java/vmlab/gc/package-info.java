/** What runs that crashed or were killed left behind: found, told, removed. */
@NullMarked
package vmlab.gc;

import org.jspecify.annotations.NullMarked;

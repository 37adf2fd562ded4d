/** Off, on, and gone: stop, start, reboot, down. */
@NullMarked
package vmlab.power;

import org.jspecify.annotations.NullMarked;

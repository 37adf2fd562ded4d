/** Making a lab's parts, as phases of {@code up}: the image, what is decided, networks, disks, machines, the boot server, power. */
@NullMarked
package vmlab.make;

import org.jspecify.annotations.NullMarked;

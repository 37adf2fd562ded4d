/**
 * Golden labs: a cluster as it was when it was first Ready, memory and all, and the way back to it in seconds. What is kept lies on a tmpfs,
 * in files of its own that are only read; so it is gone with the machine's next boot, and labs boot cold once more.
 */
@NullMarked
package vmlab.golden;

import org.jspecify.annotations.NullMarked;

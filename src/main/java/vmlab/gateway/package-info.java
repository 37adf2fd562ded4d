/**
 * What stands at a lab's gateway address on KubeVirt: an image for a pod, which lab puts together, and the boot server's process in it.
 */
@NullMarked
package vmlab.gateway;

import org.jspecify.annotations.NullMarked;

/**
 * The commands as lists of phases, a file each. Only here do the adapters (libvirt, boot server, SSH, Kubernetes, images) meet.
 */
@NullMarked
package vmlab.phase;

import org.jspecify.annotations.NullMarked;

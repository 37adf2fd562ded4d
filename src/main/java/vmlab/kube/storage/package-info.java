/**
 * Volumes for workloads: each is a folder on the state disk of one node, made when the first pod that claims it is scheduled there. What
 * makes them runs beside the cluster, not in it: so it needs no image, costs the nodes next to nothing, and is the same for every k0s.
 */
@NullMarked
package vmlab.kube.storage;

import org.jspecify.annotations.NullMarked;

/** Waiting for a lab that was made, as phases of {@code up}: SSH, provisioning, the kubeconfig, a cluster that is Ready. */
@NullMarked
package vmlab.ready;

import org.jspecify.annotations.NullMarked;

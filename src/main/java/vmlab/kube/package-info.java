/**
 * What lab knows of Kubernetes and k0s: the keys and the configuration that are made before the first boot, kubeconfigs, when a cluster
 * is Ready, and the smoke tests. One Fabric8 client is the only way to the API server.
 */
@NullMarked
package vmlab.kube;

import org.jspecify.annotations.NullMarked;

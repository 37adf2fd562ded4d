/**
 * KubeVirt as an engine: a lab's machines and networks as objects of a Kubernetes cluster, each made from the values that an engine is asked
 * in, each with the lab's mark. Nobody else knows that API. KubeVirt's types have no model for Java, so objects are trees, and the API
 * server holds them strictly against KubeVirt's own schemas.
 *
 * <p>Under way: objects, verbs, inventory and the look at a cluster ({@code lab doctor --engine kubevirt}) are here. What is on a lab's
 * network besides its nodes, the gateway with DHCP and the boot server, is not, and so no command brings up a lab there yet.
 */
@NullMarked
package vmlab.kubevirt;

import org.jspecify.annotations.NullMarked;

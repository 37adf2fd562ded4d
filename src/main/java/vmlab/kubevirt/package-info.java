/**
 * KubeVirt as an engine: a lab's machines and networks as objects of a Kubernetes cluster, each made from the values that an engine is asked
 * in, each with the lab's mark. Nobody else knows that API. KubeVirt's types have no model for Java, so objects are trees, and the API
 * server holds them strictly against KubeVirt's own schemas.
 *
 * <p>What is on a lab's network besides its nodes is a gateway, whose image is {@code vmlab.gateway}'s; through it lead the ways to nodes.
 */
@NullMarked
package vmlab.kubevirt;

import org.jspecify.annotations.NullMarked;

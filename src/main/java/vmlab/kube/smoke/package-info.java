/**
 * The smoke tests: whether a cluster does what clusters are for. Each check is a file, so there are many; {@link vmlab.kube.smoke.SmokeSuite} lists them. All
 * share one namespace with two pods, since each pod costs an emulated node seconds.
 */
@NullMarked
package vmlab.kube.smoke;

import org.jspecify.annotations.NullMarked;

/**
 * What the phases ask of whatever carries a lab's machines and networks: some verbs over values. The engines are {@code vmlab.libvirt}
 * and {@code vmlab.kubevirt}. Who uses an engine knows nothing of its types and descriptions.
 */
@NullMarked
package vmlab.engine;

import org.jspecify.annotations.NullMarked;

/**
 * What the phases ask of whatever carries a lab's machines and networks: some verbs over values. Libvirt is the engine that there is
 * ({@code vmlab.libvirt}); another stands beside it. Who uses an engine knows nothing of its types and descriptions.
 */
@NullMarked
package vmlab.engine;

import org.jspecify.annotations.NullMarked;

/**
 * Pure functions from what the user wrote and what libvirt has to what is to be done. Names, MACs, addresses and UUIDs follow from the
 * names of lab and node, so that the same cluster.yaml always means the same machines. No I/O.
 */
@NullMarked
package vmlab.plan;

import org.jspecify.annotations.NullMarked;

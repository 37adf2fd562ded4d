/** What becomes of a lab that is up when its cluster.yaml or its image is another: nodes more and less, restarts, upgrades, renewals. */
@NullMarked
package vmlab.change;

import org.jspecify.annotations.NullMarked;

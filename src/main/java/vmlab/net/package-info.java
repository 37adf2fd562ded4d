/** TCP from here to there: ports that lead on to another address, one address for several controllers, and the embedded host's door to the user's loopback. */
@NullMarked
package vmlab.net;

import org.jspecify.annotations.NullMarked;

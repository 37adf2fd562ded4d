/** Suites of tests for a lab that is up: smoke, immutable, ha, partition, conformance, and checks of the user's own. */
@NullMarked
package vmlab.suite;

import org.jspecify.annotations.NullMarked;

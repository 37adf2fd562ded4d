/** Suites of tests for a lab that is up: smoke, ha, immutable. */
@NullMarked
package vmlab.suite;

import org.jspecify.annotations.NullMarked;

/**
 * Kubernetes' own conformance tests: which of its specs are run, its program {@code e2e.test}, and what is read from the log that it writes.
 */
@NullMarked
package vmlab.suite.conformance;

import org.jspecify.annotations.NullMarked;

/**
 * The suite that holds the operating system to what it promises about its files. A promise is a file; {@link
 * vmlab.suite.immutable.ImmutableSuite} lists them.
 */
@NullMarked
package vmlab.suite.immutable;

import org.jspecify.annotations.NullMarked;

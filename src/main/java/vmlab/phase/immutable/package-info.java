/**
 * The suite that holds the operating system to what it promises about its files. A promise is a file; {@link
 * vmlab.phase.immutable.ImmutableSuite} lists them.
 */
@NullMarked
package vmlab.phase.immutable;

import org.jspecify.annotations.NullMarked;

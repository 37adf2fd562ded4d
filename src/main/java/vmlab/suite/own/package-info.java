/** Checks that the user wrote: {@link vmlab.suite.own.OwnCheck} says what a program has to do to be one. */
@NullMarked
package vmlab.suite.own;

import org.jspecify.annotations.NullMarked;

/**
 * The commands, a file each, and what people see of them: results on stdout, progress on stderr. The only room that prints. It has as many
 * files as there are commands and options that several share: who looks for {@code lab stop} finds {@code StopCommand}, and nothing below.
 */
@NullMarked
package vmlab.cli;

import org.jspecify.annotations.NullMarked;

/** The commands, a file each, and what people see of them: results on stdout, progress on stderr. The only room that prints. */
@NullMarked
package vmlab.cli;

import org.jspecify.annotations.NullMarked;

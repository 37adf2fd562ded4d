/** Where labs are: the engine and the folder that a command works on, who holds a lab, and how its nodes are reached. */
@NullMarked
package vmlab.site;

import org.jspecify.annotations.NullMarked;

/** lab for agents: a server of the Model Context Protocol, whose tools are commands of lab, each run in a process of its own. */
@NullMarked
package vmlab.mcp;

import org.jspecify.annotations.NullMarked;

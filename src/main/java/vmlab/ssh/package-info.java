/**
 * One SSH connection to a node over Apache MINA SSHD, for reading: run a command, read a file. Also the keys that both ends are given
 * before the first boot, so that no connection ever trusts a key on first sight.
 */
@NullMarked
package vmlab.ssh;

import org.jspecify.annotations.NullMarked;

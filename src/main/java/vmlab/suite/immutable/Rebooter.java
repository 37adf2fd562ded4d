package vmlab.suite.immutable;

import vmlab.ssh.SshSession;

/** Who can reboot the node that is being tested. */
public interface Rebooter {

    /** Reboots it and returns a session on the system that then runs; {@code before} may be closed. */
    SshSession reboot(SshSession before) throws InterruptedException;

    /** Waits until the cluster is Ready again; returns how it then is. */
    String ready() throws InterruptedException;
}

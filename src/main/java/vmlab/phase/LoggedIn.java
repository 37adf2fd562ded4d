package vmlab.phase;

import java.util.Optional;
import vmlab.ssh.SshSession;

/** A lab whose controller lets us in; no session where nothing was started and so nothing is to be read. */
record LoggedIn(Started lab, Optional<SshSession> session) {}

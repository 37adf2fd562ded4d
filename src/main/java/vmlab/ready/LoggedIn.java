package vmlab.ready;

import java.util.Optional;
import vmlab.make.Started;
import vmlab.ssh.SshSession;

/** A lab whose controller lets us in; no session where nothing was started and so nothing is to be read. */
public record LoggedIn(Started lab, Optional<SshSession> session) {}

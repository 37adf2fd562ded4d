package vmlab.ssh;

import org.apache.sshd.common.util.security.SecurityUtils;

/**
 * Keeps MINA SSHD to the JDK's own cryptography. Bouncy Castle is on the class path for X.509; MINA would register it for everything,
 * which costs half a second at the first key.
 */
final class JdkCryptography {

    private JdkCryptography() {}

    /** To be called before MINA looks at its first key; more often does no harm. */
    static void only() {
        SecurityUtils.setAPrioriDisabledProvider(SecurityUtils.BOUNCY_CASTLE, true);
        SecurityUtils.setAPrioriDisabledProvider(SecurityUtils.EDDSA, true);
    }
}

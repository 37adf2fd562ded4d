package vmlab.run;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The milestones that lab knows: those of its own images ({@code lab: NAME TEXT} on the console, see images/README.md) and those that it
 * sees itself. Other images may say others.
 */
public enum MilestoneName {
    /** iPXE asked for the node's script; seen by the boot server. */
    PXE,
    /** The initrd began; on the console only, for there is no network yet. */
    INITRD,
    INITRD_NETWORK,
    /** The root file system is fetched and checked. */
    ROOT,
    INIT,
    NETWORK,
    /** The state disk is mounted. */
    STATE,
    SSHD,
    /** k0s is started; the text counts how often. */
    K0S,
    PROVISION_START,
    PROVISION,
    /** The API knows the node; seen by whoever asks it. */
    JOINED,
    /** The API calls the node Ready. */
    READY,
    /** The node goes on as a copy of one that stood still. */
    RESTORED,
    /** The node's clock was behind and is set forwards. */
    CLOCK,
    POWEROFF,
    REBOOT,
    FAILED,
    /** The root file system is not the one that was asked for. */
    ROOT_ALTERED,
    NO_CONFIG,
    /** In place of {@link #NETWORK}. */
    NO_ADDRESS,
    NO_HOST_KEY,
    NO_K0S,
    PROVISION_FAILED;

    private static final Map<String, MilestoneName> KNOWN =
            Arrays.stream(values()).collect(Collectors.toMap(MilestoneName::toString, Function.identity()));

    /** The milestone of this name; none where lab does not know it. */
    public static Optional<MilestoneName> of(String name) {
        return Optional.ofNullable(KNOWN.get(name));
    }

    /** As nodes and events have it. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}

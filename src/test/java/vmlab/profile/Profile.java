package vmlab.profile;

/**
 * Where the processors of one node were.
 *
 * @param node its name
 */
public record Profile(String node, HostUse host, Samples samples, KernelSymbols symbols, GuestUse guest) {}

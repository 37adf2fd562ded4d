package vmlab.plan;

import java.net.Inet4Address;

/**
 * A node's network card besides its first.
 *
 * @param device what the node calls it: eth1 and so on
 * @param network what it is plugged into
 * @param address its address there, which never changes
 */
public record Nic(String device, NetworkPlan network, String mac, Inet4Address address) {}

package vmlab.engine;

/**
 * A card of a machine that runs.
 *
 * @param network the engine's name of the network that it is on
 * @param device of this machine's, by which the card is on its network
 * @param plugged whether its cable is in
 */
public record Card(String mac, String network, String device, boolean plugged) {}

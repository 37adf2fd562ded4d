package vmlab.engine;

/**
 * A card of a machine that runs.
 *
 * @param device of this machine's, by which the card is on its network
 * @param plugged whether its cable is in
 */
public record Card(String mac, String device, boolean plugged) {}

package vmlab.plan;

/**
 * What lab writes into the metadata of each domain and network that it makes. Whatever does not carry it is somebody else's and never
 * touched; nor is what carries another lab's id.
 *
 * @param id drawn when the lab began; empty on what a lab of an old version made
 * @param home the folder that holds the lab's folder
 * @param node the node's name, empty on a network
 * @param hash what a network was made from; empty on a node, whose {@link Made} says it part by part
 * @param version the lab that made it
 */
public record Mark(String lab, String id, String home, String node, String hash, String version) {}

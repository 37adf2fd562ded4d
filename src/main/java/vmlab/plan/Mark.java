package vmlab.plan;

import java.nio.file.Path;

/**
 * What lab writes into the metadata of each domain and network that it makes. Whatever does not carry it is somebody else's and never
 * touched; nor is what carries another lab's id.
 *
 * @param id drawn when the lab began; empty on what a lab of an old version made
 * @param home the folder that holds the lab's folder
 * @param node the node's name, empty on a network
 * @param hash what a network was made from; empty on a node, whose {@link AppliedSpec} says it part by part
 * @param version the lab that made it
 */
public record Mark(String lab, String id, String home, String node, String hash, String version) {

    /** The lab's folder. */
    public LabFolder folder() {
        return LabFolder.of(Path.of(home), lab);
    }

    /** What something is called for {@code other} that is called {@code name} for this lab. */
    public String nameFor(Mark other, String name) {
        return Names.network(other.lab) + name.substring(Names.network(lab).length());
    }

    /** This on something else of the lab that {@code other} is of. */
    public Mark of(Mark other) {
        return new Mark(other.lab, other.id, other.home, node, hash, other.version);
    }
}

package vmlab.site;

import java.net.InetSocketAddress;
import java.net.URI;
import vmlab.engine.Road;
import vmlab.kube.Kubeconfig;
import vmlab.plan.LabFolder;

/** The ways from this machine to a lab's nodes and to its API, by the keys in its folder. */
public record Reach(LabFolder folder, Road road) {

    /** The administrator's access to the API. */
    public Kubeconfig access() {
        return access(Kubeconfig.read(folder.ownKubeconfig()));
    }

    /** The same as {@code direct}, which has the API's address where the lab is, from here. */
    public Kubeconfig access(Kubeconfig direct) {
        URI server = URI.create(direct.server());
        InetSocketAddress there = new InetSocketAddress(server.getHost(), server.getPort());
        InetSocketAddress here = road.to(there);
        return here.equals(there)
                ? direct
                : direct.at("https://" + here.getAddress().getHostAddress() + ":" + here.getPort());
    }

    /** The sshd of {@code node}, which listens at {@code address} where the lab is. */
    public NodeSsh ssh(String node, InetSocketAddress address) {
        return new NodeSsh(folder, node, road, address);
    }
}

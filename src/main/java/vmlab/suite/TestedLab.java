package vmlab.suite;

import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import vmlab.kube.Kubeconfig;
import vmlab.plan.Inventory;
import vmlab.plan.LabFolder;
import vmlab.run.LabFailure;
import vmlab.site.Access;
import vmlab.site.Port;
import vmlab.site.Site;

/**
 * A lab that is up and is being tested.
 *
 * @param node the one node that suites which go from node to node are to look at; all where none is named
 * @param reboots whether nodes may be rebooted
 */
public record TestedLab(Site site, String name, Inventory found, Optional<String> node, boolean reboots) {

    /** The lab of this name, as libvirt has it now. */
    public static TestedLab of(Site site, String name, Optional<String> node, boolean reboots) {
        Inventory found = site.inventory(name);
        if (found.domains().isEmpty()) {
            throw Access.notUp(name);
        }
        Access.requireAwake(name, found);
        if (!Files.exists(site.folder(name).kubeconfig())) {
            throw LabFailure.lab(
                    "lab " + name + " has no kubeconfig yet",
                    "it did not come up so far",
                    "lab up goes on where it stopped");
        }
        return new TestedLab(site, name, found, node, reboots);
    }

    LabFolder folder() {
        return site.folder(name);
    }

    /** The IPv4 address of a node on the lab's first network. */
    String address(String node) {
        return found.network().orElseThrow().addresses().get(node);
    }

    /** Access to a controller's own API. */
    Kubeconfig access(String controller) {
        String url = Port.apiUrl(InetAddress.ofLiteral(address(controller)));
        return site.reaching(name, Kubeconfig.read(folder().ownKubeconfig()).at(url));
    }

    /** The kubeconfig for programs that are started where lab is. */
    Path kubeconfigFile() {
        return site.engine().gateways().isPresent() ? folder().kubeconfig() : folder().ownKubeconfig();
    }

    /** The kubeconfig with the API's address on the lab's network: the one in the file may be a port of the user's loopback. */
    Kubeconfig kubeconfig() {
        return Kubeconfig.read(folder().kubeconfig()).at(site.access(name).server());
    }
}

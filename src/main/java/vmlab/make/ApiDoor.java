package vmlab.make;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import vmlab.kube.Kubeconfig;
import vmlab.net.Door;
import vmlab.plan.LabFolder;
import vmlab.run.LabFailure;
import vmlab.site.LastLines;
import vmlab.site.Site;

/** The way from the user's shell to a lab's API, and the kubeconfig that takes it: out of the embedded host it is a port of the loopback. */
public record ApiDoor(Site site, LabFolder folder) {

    private static final String LOOPBACK = "127.0.0.1";

    /** Writes the user's kubeconfig; {@code direct} has the address that the API has where the lab is. */
    public void publish(Kubeconfig direct) {
        reachable(direct).write(folder.kubeconfig());
    }

    private Kubeconfig reachable(Kubeconfig direct) {
        if (site.embedded()) {
            return direct.at("https://" + LOOPBACK + ":" + open());
        }
        // Where the machines are in a cluster, a process stands by that holds a port for it.
        return site.engine().gateways().isPresent()
                ? direct.at("https://" + LOOPBACK + ":" + LastLines.of(folder.apiPort(), 1))
                : direct;
    }

    /** Lets the user in again: a port closes with the embedded host, and users keep copies of their kubeconfig. */
    public void reopen() {
        if (site.embedded() || site.engine().gateways().isPresent()) {
            publish(Kubeconfig.read(folder.kubeconfig()));
        }
    }

    /** The port that the kubeconfig names already, unless it is another's now. */
    private int open() {
        int before = portBefore();
        try {
            return Door.open(Door.socket(site.home()), before, folder.apiSocket());
        } catch (IOException taken) {
            if (before == 0) {
                throw failure(taken);
            }
        }
        try {
            return Door.open(Door.socket(site.home()), 0, folder.apiSocket());
        } catch (IOException error) {
            throw failure(error);
        }
    }

    private int portBefore() {
        if (!Files.exists(folder.kubeconfig())) {
            return 0;
        }
        URI server = URI.create(Kubeconfig.read(folder.kubeconfig()).server());
        return LOOPBACK.equals(server.getHost()) ? server.getPort() : 0;
    }

    private static LabFailure failure(IOException error) {
        return LabFailure.machine(
                        "no port of this machine could be opened for the kubeconfig",
                        String.valueOf(error.getMessage()),
                        "lab stop, then lab start: the embedded host and its door start anew")
                .causedBy(error);
    }
}

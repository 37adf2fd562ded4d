package vmlab.phase;

import java.nio.file.Files;
import vmlab.kube.KubeApi;
import vmlab.kube.Kubeconfig;
import vmlab.kube.smoke.SmokeSuite;
import vmlab.kube.smoke.SuiteResult;
import vmlab.plan.Inventory;
import vmlab.plan.LabFolder;
import vmlab.run.LabFailure;
import vmlab.run.Run;

/** Runs the smoke tests on a lab that is up ({@code lab test}). */
public final class Check {

    private final Site site;

    /** A check on {@code site}. */
    public Check(Site site) {
        this.site = site;
    }

    /** Runs all checks on {@code lab} and tells how each ended. */
    public SuiteResult run(String lab, Run run) throws InterruptedException {
        Inventory found = site.hypervisor().inventory().of(lab);
        LabFolder folder = site.folder(lab);
        if (found.domains().isEmpty()) {
            throw Access.notUp(lab);
        }
        if (!Files.exists(folder.kubeconfig())) {
            throw LabFailure.lab(
                    "lab " + lab + " has no kubeconfig yet",
                    "it did not come up so far",
                    "lab up goes on where it stopped");
        }
        try (KubeApi api = KubeApi.of(direct(folder))) {
            return new SmokeSuite(api, SmokeSuite.LIMIT).run(run);
        }
    }

    /** The kubeconfig with the API's address on the lab's network: the one in the file may be a port of the user's loopback. */
    private static Kubeconfig direct(LabFolder folder) {
        return Kubeconfig.read(folder.kubeconfig())
                .at(Kubeconfig.read(folder.ownKubeconfig()).server());
    }
}

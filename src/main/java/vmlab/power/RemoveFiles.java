package vmlab.power;

import java.nio.file.Files;
import java.nio.file.Path;
import vmlab.kube.MergedInto;
import vmlab.plan.LabFolder;
import vmlab.run.Phase;
import vmlab.run.PhaseName;
import vmlab.run.Run;

/** Removes what is left of a lab whose libvirt, the embedded host, is gone with all that it had. */
record RemoveFiles(Path home) implements Phase<String, Boolean> {

    @Override
    public String name() {
        return PhaseName.DOWN.toString();
    }

    @Override
    public String doing() {
        return "remove the lab's files";
    }

    /** Removes the folder of the lab of this name; returns whether there was one. */
    @Override
    public Boolean run(String lab, Run run) throws InterruptedException {
        LabFolder folder = LabFolder.of(home, lab);
        Down.refuseOthersFiles(lab, folder);
        Down.refuseWithoutIdentity(lab, folder);
        boolean wasThere = Files.exists(folder.path());
        run.result(Teardown.withoutMachines(lab, Files.exists(folder.identity())));
        new MergedInto(folder).undo(lab, run);
        Teardown.removeFolder(folder);
        return wasThere;
    }
}

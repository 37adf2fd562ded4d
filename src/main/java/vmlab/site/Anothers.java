package vmlab.site;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import vmlab.plan.Inventory;
import vmlab.plan.LabFolder;
import vmlab.plan.Mark;
import vmlab.run.LabFailure;

/** What is said of machines and networks that are called after a lab and are not its own: whose they are, and how to go on. */
final class Anothers {

    private Anothers() {}

    /**
     * The refusal.
     *
     * @param mark on one of them
     * @param found all that is called so
     * @param folder what a lab of that name has here
     */
    static LabFailure refusal(Mark mark, Inventory found, LabFolder folder, String uri) {
        return mark.id().isEmpty()
                ? older(mark.lab(), found, folder.path(), uri)
                : LabFailure.input(
                        "lab " + mark.lab() + " at " + uri + " is another's",
                        "what libvirt has of that name belongs to the lab with id %s in %s"
                                .formatted(mark.id(), mark.home()),
                        "give this lab another name, or work on that one with LAB_HOME=" + mark.home()
                                + "; nothing was touched");
    }

    private static LabFailure older(String lab, Inventory found, Path folder, String uri) {
        List<String> names = new ArrayList<>();
        found.domains().forEach(domain -> names.add(domain.name()));
        found.networks().forEach(network -> names.add(network.name()));
        return LabFailure.input(
                "lab " + lab + " at " + uri + " is another's: an older version of lab made it",
                "what libvirt has of that name says neither its id nor its home: " + String.join(", ", names),
                "take it down with the version that made it, or remove it by hand and run this again: "
                        + String.join("; ", removal(found, folder, uri)) + ". Nothing was touched");
    }

    /** The commands, to be typed as they are. */
    private static List<String> removal(Inventory found, Path folder, String uri) {
        String virsh = uri.equals(Identity.EMBEDDED) ? "lab --connect embedded exec -- virsh" : "virsh -c " + uri;
        List<String> commands = new ArrayList<>();
        for (Inventory.DomainFound domain : found.domains()) {
            if (domain.running()) {
                commands.add(virsh + " destroy " + domain.name());
            }
            commands.add(virsh + " undefine --nvram --managed-save " + domain.name());
        }
        for (Inventory.NetworkFound network : found.networks()) {
            if (network.active()) {
                commands.add(virsh + " net-destroy " + network.name());
            }
            commands.add(virsh + " net-undefine " + network.name());
        }
        if (Files.exists(folder)) {
            commands.add("rm -r " + folder);
        }
        return commands;
    }
}

package vmlab.power;

import java.util.List;
import vmlab.plan.Inventory.DomainFound;
import vmlab.run.Phase;
import vmlab.run.PhaseName;
import vmlab.run.Run;
import vmlab.site.Access;
import vmlab.site.LabLock;
import vmlab.site.Site;

/** Lets a lab's nodes stand still with all that they are in the middle of: they cost memory and no processor. {@link Start} lets them go on. */
public record Pause(Site site) implements Phase<String, Integer> {

    @Override
    public String name() {
        return PhaseName.PAUSE.toString();
    }

    @Override
    public String doing() {
        return "let all nodes stand still";
    }

    /** Pauses the lab of this name; returns how many nodes ran until now. */
    @Override
    public Integer run(String lab, Run run) throws InterruptedException {
        try (LabLock lock = LabLock.take(site, lab)) {
            List<DomainFound> nodes = site.inventory(lab).domains();
            if (nodes.isEmpty()) {
                throw Access.notUp(lab);
            }
            List<DomainFound> running = nodes.stream()
                    .filter(node -> node.running() && !node.standsStill())
                    .toList();
            running.forEach(node -> site.engine().machines().pause(node.name()));
            run.result(
                    switch (running.size()) {
                        case 0 -> "nothing was running";
                        case 1 -> "1 stands still";
                        default -> running.size() + " stand still";
                    });
            return running.size();
        }
    }
}

package vmlab.make;

import java.util.List;
import vmlab.plan.Action;
import vmlab.run.LabFailure;
import vmlab.run.Phase;
import vmlab.run.PhaseName;
import vmlab.run.Run;

/** Compares cluster.yaml with what there is: says what will be done, and refuses what can't be, before anything is changed. */
public final class Decide implements Phase<Resolved, Bootable> {

    @Override
    public String name() {
        return PhaseName.PLAN.toString();
    }

    @Override
    public String doing() {
        return "compare cluster.yaml with what there is";
    }

    @Override
    public Bootable run(Resolved resolved, Run run) {
        Checked checked = resolved.lab();
        Bootable lab = new Bootable(checked.plan(), checked.accelerator(), checked.found(), resolved.image());
        List<Action> actions = lab.actions();
        refuse(lab.plan().lab(), actions);
        lab.plan().nodes().forEach(node -> lab.found()
                .domain(node.name())
                .filter(domain -> domain.made().hasOwnImage())
                .ifPresent(domain -> run.note(node.name() + " keeps the image that lab upgrade or rollback gave it")));
        if (!lab.begins()) {
            actions.forEach(action -> run.note((action.node() + " " + action.text()).strip()));
        }
        run.result(
                actions.isEmpty() ? "nothing to do" : actions.size() + (actions.size() == 1 ? " action" : " actions"));
        return lab;
    }

    private static void refuse(String lab, List<Action> actions) {
        List<Action.Refused> refused = actions.stream()
                .filter(Action.Refused.class::isInstance)
                .map(Action.Refused.class::cast)
                .toList();
        if (!refused.isEmpty()) {
            throw LabFailure.input(
                    "lab " + lab + " is up and can't be changed to cluster.yaml in place",
                    String.join(
                            "\n",
                            refused.stream().map(r -> r.what() + ": " + r.why()).toList()),
                    refused.getFirst().next());
        }
    }
}

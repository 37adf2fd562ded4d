package vmlab.power;

import java.util.Optional;
import vmlab.engine.Machines;
import vmlab.plan.Inventory.DomainFound;
import vmlab.run.LabFailure;
import vmlab.run.Phase;
import vmlab.run.PhaseName;
import vmlab.run.Run;
import vmlab.site.Access;
import vmlab.site.Site;

/** Does something to one node's machine, at once and without a word to its system. What is the case already is fine. */
public record Power(Site site, String node, Act act) implements Phase<String, String> {

    /** What is done. */
    public enum Act {
        /** The power goes. */
        OFF("take the power from %s", Optional.of("shutoff")),
        /** It comes back. What the machine does with it takes a while, which nobody waits for. */
        ON("give %s its power", Optional.empty()),
        /** The machine stands still. */
        PAUSE("let %s stand still", Optional.of("paused")),
        /** It goes on. */
        RESUME("let %s go on", Optional.of("running"));

        private final String doing;
        private final Optional<String> state;

        Act(String doing, Optional<String> state) {
            this.doing = doing;
            this.state = state;
        }
    }

    @Override
    public String name() {
        return PhaseName.POWER.toString();
    }

    @Override
    public String doing() {
        return act.doing.formatted(node);
    }

    /** Does it to a node of this lab; returns the state of its machine afterwards. */
    @Override
    public String run(String lab, Run run) throws InterruptedException {
        DomainFound machine = site.inventory(lab)
                .domain(Access.to(site, lab, Optional.of(node)).node())
                .orElseThrow(() -> Access.notUp(lab));
        Machines machines = site.engine().machines();
        switch (act) {
            case OFF -> machines.cutPower(machine.name());
            case ON -> {
                if (!machine.running()) {
                    machines.start(machine.name());
                }
            }
            case PAUSE, RESUME -> {
                if (!machine.running()) {
                    throw LabFailure.input(
                            "node " + node + " is off",
                            "only a machine that runs stands still",
                            "lab power LAB NODE on");
                }
                if (act == Act.PAUSE && !machine.standsStill()) {
                    machines.pause(machine.name());
                } else if (act == Act.RESUME && machine.standsStill()) {
                    machines.wake(machine.name());
                }
            }
        }
        String state = act.state.isPresent()
                ? MachineStates.await(act.state.get(), node, machine.name(), machines, run)
                : machines.state(machine.name());
        run.result(node + ": " + state);
        return state;
    }
}

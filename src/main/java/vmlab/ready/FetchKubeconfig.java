package vmlab.ready;

import java.time.Duration;
import java.util.Optional;
import vmlab.kube.Kubeconfig;
import vmlab.make.ApiDoor;
import vmlab.observe.BootWatch;
import vmlab.plan.LabFolder;
import vmlab.plan.NodePlan;
import vmlab.run.Phase;
import vmlab.run.PhaseName;
import vmlab.run.Reading;
import vmlab.run.Reading.Never;
import vmlab.run.Reading.NotYet;
import vmlab.run.Reading.Ready;
import vmlab.run.Run;
import vmlab.site.NodeLogin;
import vmlab.site.Port;
import vmlab.site.Site;
import vmlab.ssh.CommandResult;
import vmlab.ssh.LastingSession;

/** Fetches the kubeconfig from the controller over SSH, and makes it usable from the user's shell. */
public final class FetchKubeconfig implements Phase<LoggedIn, ClusterUp> {

    private static final Duration COMMAND_LIMIT = Duration.ofMinutes(1);

    private final Site site;

    /** The phase on {@code site}. */
    public FetchKubeconfig(Site site) {
        this.site = site;
    }

    @Override
    public String name() {
        return PhaseName.KUBECONFIG.toString();
    }

    @Override
    public String doing() {
        return "fetch the kubeconfig from the controller";
    }

    @Override
    public ClusterUp run(LoggedIn in, Run run) throws InterruptedException {
        var plan = in.lab().lab().plan();
        LabFolder folder = site.folder(plan.lab());
        NodePlan controller = plan.controller();
        String server = Port.apiUrl(plan.api());
        if (in.session().isEmpty()) {
            run.result("unchanged");
            return new ClusterUp(
                    in.lab(),
                    folder.kubeconfig(),
                    site.reaching(
                            plan.lab(), Kubeconfig.read(folder.kubeconfig()).at(server)));
        }
        BootWatch watch = new BootWatch(site, folder, controller);
        Duration command = site.pace(in.lab().lab().accelerator()).of(COMMAND_LIMIT);
        NodeLogin login =
                NodeLogin.of(site, plan.lab(), Optional.of(controller.name())).getFirst();
        Kubeconfig fetched;
        try (LastingSession ssh = new LastingSession(in.session().get(), login::attempt)) {
            fetched = run.await(
                            controller.name(),
                            "k0s",
                            in.lab().lab().limits(site).ready())
                    .every(Duration.ofSeconds(1))
                    .until(() -> look(plan.lab(), controller, ssh, watch, command));
        }
        Kubeconfig direct = fetched.named(plan.lab()).at(server);
        new ApiDoor(site, folder).publish(direct);
        run.result(folder.kubeconfig().toString());
        return new ClusterUp(in.lab(), folder.kubeconfig(), site.reaching(plan.lab(), direct));
    }

    /** Asks k0s only once the API's port is open: each of its processes costs an emulated node seconds. */
    private Reading<Kubeconfig> look(
            String lab, NodePlan controller, LastingSession ssh, BootWatch watch, Duration limit)
            throws InterruptedException {
        if (!site.apiPort(lab, controller).isOpen()) {
            Optional<Never<Kubeconfig>> dead = watch.deadOrLooping();
            return dead.isPresent() ? dead.get() : new NotYet<>("k0s starts; its API does not listen yet");
        }
        return switch (ssh.run("k0s kubeconfig admin", limit)) {
            case Ready<CommandResult>(var printed) ->
                printed.exit() == 0
                        ? new Ready<>(Kubeconfig.parse(printed.stdout()))
                        : new NotYet<>("k0s kubeconfig admin: " + printed.lastLines(1));
            case NotYet<CommandResult>(var why) -> new NotYet<>(why);
            case Never<CommandResult>(var why, var next) -> new Never<>(why, next);
        };
    }
}

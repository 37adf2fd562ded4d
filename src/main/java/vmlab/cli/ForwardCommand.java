package vmlab.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import vmlab.boot.BootConfig;
import vmlab.plan.LabFolder;
import vmlab.run.LabFailure;
import vmlab.serve.OpenPorts;
import vmlab.site.Access;
import vmlab.site.Site;
import vmlab.spec.Forwarding;
import vmlab.spec.InvalidValue;

/** {@code lab forward}. */
@Command(
        name = "forward",
        description = "Forward ports of this machine's loopback into a lab, until Ctrl-C.",
        footer = {
            "",
            "Examples:",
            "  lab forward 8080:cp:30080                the lab of ./cluster.yaml",
            "  lab forward single 8080:default/web:80"
        })
final class ForwardCommand implements Callable<Integer> {

    @Mixin
    private Target target;

    private final Output output = new Output();

    @Parameters(index = "1..*", paramLabel = "PORT:PLACE:PORT", description = "Which, and where to.")
    private List<String> ports = new ArrayList<>();

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException {
        target.otherThanLab(text -> text.matches("[0-9]+:.*")).ifPresent(port -> ports.addFirst(port));
        if (ports.isEmpty()) {
            throw new ParameterException(spec.commandLine(), "Missing required parameter: 'PORT:PLACE:PORT'");
        }
        String lab = target.name();
        List<Forwarding> wanted = wanted();
        Surroundings here = Surroundings.ofThisProcess();
        Site site = here.siteOf(lab);
        LabFolder folder = site.folder(lab);
        try (var engine = site.engine()) {
            for (Forwarding port : wanted) {
                // No such lab, or no such node.
                Access.to(site, lab, Optional.of(port.place()).filter(it -> !port.leadsToService()));
            }
            BootConfig config = BootConfig.read(folder.bootConfig());
            wanted.forEach(port -> refuseOwn(port, lab, config));
            forward(wanted, site, config);
        }
        throw LabFailure.lab("lab " + lab + " is gone", "its folder was removed", "lab list shows the ones that are");
    }

    /** Until the lab is gone. */
    private void forward(List<Forwarding> wanted, Site site, BootConfig config) throws InterruptedException {
        try (OpenPorts open = new OpenPorts(
                config,
                site.reach(config.lab()),
                site.home(),
                why -> System.err.println("lab: a connection led nowhere: " + why))) {
            for (Forwarding port : wanted) {
                open(open, port);
                output.line("127.0.0.1:%d leads to %s, port %d", port.here(), port.place(), port.port());
                open.lookAhead(port);
            }
            awaitEndOf(site.folder(config.lab()));
        }
    }

    private static void open(OpenPorts open, Forwarding port) {
        try {
            open.open(port);
        } catch (IOException taken) {
            throw LabFailure.input(
                            "port " + port.here() + " can't be forwarded",
                            String.valueOf(taken.getMessage()),
                            "see who listens there: ss -ltnp; or take another")
                    .causedBy(taken);
        }
    }

    /** The lab holds it already, since it is up. */
    private static void refuseOwn(Forwarding port, String lab, BootConfig config) {
        config.ports().stream()
                .filter(own -> Forwarding.parse(own).here() == port.here())
                .findFirst()
                .ifPresent(own -> {
                    throw LabFailure.input(
                            "port " + port.here() + " can't be forwarded",
                            "lab " + lab + " forwards it already, to what its cluster.yaml says: ports: [\"" + own
                                    + "\"]",
                            "use that, or take another");
                });
    }

    private List<Forwarding> wanted() {
        List<Forwarding> wanted = new ArrayList<>();
        Set<Integer> taken = new HashSet<>();
        try {
            ports.forEach(text -> wanted.add(Forwarding.parse(text)));
        } catch (InvalidValue wrong) {
            throw LabFailure.input("a port can't be forwarded", wrong.what(), wrong.valid());
        }
        for (Forwarding port : wanted) {
            if (!taken.add(port.here())) {
                throw LabFailure.input(
                        "a port can't be forwarded",
                        "port " + port.here() + " is asked for twice",
                        "take another for one of them");
            }
        }
        return wanted;
    }

    private static void awaitEndOf(LabFolder folder) throws InterruptedException {
        CountDownLatch never = new CountDownLatch(1);
        while (Files.exists(folder.identity())) {
            never.await(1, TimeUnit.SECONDS);
        }
    }
}

package vmlab.cli;

import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import vmlab.fault.LinkFaults;
import vmlab.net.PcapNg;
import vmlab.plan.Wire;
import vmlab.run.Environment;
import vmlab.run.LabFailure;
import vmlab.run.Program;
import vmlab.run.Reading;
import vmlab.run.Run;
import vmlab.site.Site;

/** {@code lab capture}. */
@Command(
        name = "capture",
        description = {
            "Capture the packets of a node's network card, until Ctrl-C.",
            "As text on a terminal, as pcapng into a pipe or a file."
        },
        footer = {
            "",
            "Examples:",
            "  lab capture single cp port 6443",
            "  lab capture single cp | wireshark -k -i -",
            "  lab capture --wait single cp -w boot.pcapng     before lab up: the PXE boot from its first packet"
        })
final class CaptureCommand implements Callable<Integer> {

    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final Duration END = Duration.ofSeconds(5);
    private static final Duration PACE = Duration.ofMillis(100);

    @Mixin
    private Target target;

    @Parameters(
            index = "1..*",
            paramLabel = "NODE [FILTER]",
            hideParamSyntax = true,
            description = "Whose card, and which packets, as tcpdump has it: port 6443.")
    private List<String> words = List.of();

    @Option(names = "--network", paramLabel = "NAME", description = "Its card on that network. Default: the first.")
    private Optional<String> network = Optional.empty();

    @Option(names = "-w", paramLabel = "FILE", description = "Write pcapng there; - is stdout.")
    private Optional<String> file = Optional.empty();

    @Option(names = "--wait", description = "Wait for the lab, where it is not there yet.")
    private boolean wait;

    @Override
    public Integer call() throws InterruptedException {
        words = target.words(words, Target::isNodeHere);
        String lab = target.name();
        if (words.isEmpty()) {
            throw LabFailure.input("no node is named", "each has a card of its own", "lab capture " + lab + " NODE");
        }
        Place place = place(lab, words.getFirst());
        if (file.isEmpty() && Terminal.isStdout()) {
            return Child.show(tcpdump(place, "-l"));
        }
        requireFilter();
        try (OutputStream out = new BufferedOutputStream(to())) {
            return capture(place, out);
        } catch (IOException error) {
            if (Stdout.BROKEN_PIPE.equals(error.getMessage())) {
                return 0;
            }
            throw LabFailure.input(
                    file.orElse("stdout") + " can't be written",
                    String.valueOf(error.getMessage()),
                    "name another file");
        }
    }

    private String filter() {
        return String.join(" ", words.subList(1, words.size()));
    }

    private OutputStream to() throws IOException {
        return file.isEmpty() || file.get().equals("-")
                ? new FileOutputStream(FileDescriptor.out)
                : Files.newOutputStream(Path.of(file.get()));
    }

    /** Where to listen, and what of it belongs to the card. */
    private record Place(String device, String card) {}

    private Place place(String lab, String node) throws InterruptedException {
        if (wait) {
            // The bridge passes all frames of the network on to who listens to everything there, and is there before
            // the machine.
            Wire wire = Wire.of(lab, node, network.orElse(""));
            new Run(event -> {})
                    .await("", "the lab's network", Duration.ofDays(3650))
                    .every(PACE)
                    .until(() -> isThere(wire) ? new Reading.Ready<>(wire) : new Reading.NotYet<>("it is not there"));
            return new Place(wire.bridge(), "(ether host " + wire.mac() + " or ether multicast)");
        }
        Site site = Surroundings.ofThisProcess().siteOf(lab);
        try (var engine = site.engine()) {
            return new Place(LinkFaults.of(site, lab).device(node, network.orElse("")), "");
        }
    }

    /** What was captured before is not given up for a filter that is none. */
    private void requireFilter() throws InterruptedException {
        try {
            var compiled = new Program(Environment.process("tcpdump", "-y", "EN10MB", "-d", filter()), LIMIT).run();
            if (!compiled.isWell()) {
                throw LabFailure.input(
                        "'" + filter() + "' is no filter", compiled.text(), "man pcap-filter says how they look");
            }
        } catch (IOException missing) {
            throw withoutTcpdump(missing);
        }
    }

    private static LabFailure withoutTcpdump(IOException missing) {
        return LabFailure.machine(
                "tcpdump could not be run", String.valueOf(missing.getMessage()), "install it; scripts/setup does");
    }

    private static boolean isThere(Wire wire) {
        try {
            return NetworkInterface.getByName(wire.bridge()) != null;
        } catch (SocketException none) {
            return false;
        }
    }

    private int capture(Place place, OutputStream out) throws InterruptedException, IOException {
        Process tcpdump = start(tcpdump(place, "-U", "-w", "-"));
        String card = words.getFirst() + network.map(name -> "." + name).orElse("");
        CompletableFuture<Long> copied = new CompletableFuture<>();
        // An interruption ends a wait, and no read.
        Thread copying = Thread.startVirtualThread(() -> {
            try {
                copied.complete(PcapNg.copy(tcpdump.getInputStream(), out, card));
            } catch (IOException error) {
                copied.completeExceptionally(error);
            }
        });
        try {
            copied.get();
            return tcpdump.waitFor();
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof IOException error) {
                throw error;
            }
            throw new IllegalStateException(failed);
        } finally {
            tcpdump.destroy();
            // What it had captured is written to its last packet.
            copying.join(END);
        }
    }

    private static Process start(List<String> command) {
        try {
            return Environment.process(command)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
        } catch (IOException missing) {
            throw withoutTcpdump(missing);
        }
    }

    private List<String> tcpdump(Place place, String... form) {
        List<String> command = new ArrayList<>(List.of("tcpdump", "-i", place.device(), "-n", "-Z", "root"));
        command.addAll(List.of(form));
        String asked = filter().isEmpty() ? "" : "(" + filter() + ")";
        command.add(place.card().isEmpty() || asked.isEmpty() ? place.card() + asked : place.card() + " and " + asked);
        return command;
    }
}

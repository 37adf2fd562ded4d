package vmlab.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import vmlab.observe.EventText;
import vmlab.run.Event;
import vmlab.run.EventLog;
import vmlab.run.LabFailure;
import vmlab.run.Printable;
import vmlab.run.Reading;
import vmlab.run.Run;
import vmlab.site.Access;

/** {@code lab logs}. */
@Command(
        name = "logs",
        description = "Show a node's logs: serial console, k0s, provisioning, boot server.",
        footer = {
            "",
            "Examples:",
            "  lab logs single",
            "  lab logs single k0s --follow",
            "  lab logs k0s                  of ./cluster.yaml's lab"
        })
final class LogsCommand implements Callable<Integer> {

    /** Where a log comes from. */
    enum Source {
        SERIAL,
        K0S,
        PROVISION,
        BOOT,
        HTTP,
        DHCP;

        /** As one writes it. */
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** By the word that names it. */
    private static final Map<String, Source> LOGS =
            Arrays.stream(Source.values()).collect(Collectors.toMap(Source::toString, source -> source));

    @Mixin
    private Target target;

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "LOG",
            description = "serial, k0s, provision, boot, http or dhcp. Default: serial.")
    private Optional<Source> log = Optional.empty();

    @Mixin
    private NodeChoice node;

    @Option(
            names = {"-f", "--follow"},
            description = "Go on with what is written from now on.")
    private boolean follow;

    @Option(
            names = "--since",
            paramLabel = "TIME",
            description = "Only what is younger: 30s, 5m, 2h. For http and dhcp, whose lines have times.")
    private Optional<String> since = Optional.empty();

    @Override
    public Integer call() throws InterruptedException {
        Source source = log.or(() -> target.otherThanLab(LOGS::containsKey).map(LOGS::get))
                .orElse(Source.SERIAL);
        Optional<Instant> from = since.map(LogsCommand::ago);
        if (from.isPresent() && source != Source.HTTP && source != Source.DHCP) {
            throw LabFailure.input(
                    "--since can't be had of " + source,
                    "its lines carry no time",
                    "leave --since out, or see http and dhcp");
        }
        boolean isOnTheNode = source == Source.K0S || source == Source.PROVISION;
        return isOnTheNode
                ? node.ofAwake(target.name(), found -> Optional.empty(), access -> show(source, access))
                : node.of(target.name(), access -> show(source, access));
    }

    private int show(Source source, Access access) throws InterruptedException {
        return switch (source) {
            case SERIAL -> show(access.folder().serialLog(access.node()));
            case HTTP -> events(access, Event.Served.class);
            case DHCP -> events(access, Event.Leased.class);
            case BOOT -> show(access.folder().bootLog());
            case K0S -> remote(access, "/var/log/k0s.log /var/log/k0s.err");
            case PROVISION -> remote(access, "/var/log/provision.log");
        };
    }

    private int show(Path log) throws InterruptedException {
        if (!Files.isReadable(log)) {
            throw LabFailure.lab("there is no " + log, "nothing was written yet", "wait for the node to start");
        }
        if (follow) {
            return Child.show(List.of("tail", "-n", "+1", "-F", log.toString()));
        }
        try {
            Child.show(new BufferedReader(new InputStreamReader(Files.newInputStream(log), StandardCharsets.UTF_8)));
            return 0;
        } catch (IOException error) {
            throw LabFailure.lab(log + " cannot be read", String.valueOf(error.getMessage()), "see who owns it");
        }
    }

    private int remote(Access access, String files) throws InterruptedException {
        List<String> command = new ArrayList<>(access.sshCommand());
        command.add((follow ? "tail -n +1 -F " : "cat ") + files);
        return Child.show(command);
    }

    private static Instant ago(String text) {
        try {
            return Instant.now().minus(Duration.parse("PT" + text.toUpperCase(Locale.ROOT)));
        } catch (DateTimeParseException error) {
            throw LabFailure.input(
                    "--since " + text + " is no time", "it is a number with s, m or h", "write --since 5m");
        }
    }

    /** The lab's events of one kind; of all nodes unless one is named. */
    private int events(Access access, Class<? extends Event> kind) throws InterruptedException {
        Instant from = since.map(LogsCommand::ago).orElse(Instant.EPOCH);
        int seen = print(access, kind, from, 0);
        if (follow) {
            Run run = new Run(event -> {});
            int[] known = {seen};
            run.await("", "more", Duration.ofDays(3650)).<Integer>until(() -> {
                known[0] = print(access, kind, from, known[0]);
                return new Reading.NotYet<>("followed");
            });
        }
        return 0;
    }

    private int print(Access access, Class<? extends Event> kind, Instant from, int seen) {
        List<Event> all = EventLog.readOnly(access.folder().events(), List.of(kind));
        all.subList(Math.min(seen, all.size()), all.size()).stream()
                .filter(event -> !event.at().isBefore(from))
                .filter(event -> !node.isNamed() || EventText.of(event).contains(" " + access.node() + " "))
                .map(EventText::of)
                .map(Printable::text)
                .forEach(System.out::println);
        return all.size();
    }
}

package vmlab.observe;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import vmlab.diagnose.Diagnosis;
import vmlab.diagnose.Evidence;
import vmlab.diagnose.Finding;
import vmlab.diagnose.Source;
import vmlab.plan.LabFolder;
import vmlab.plan.NodePlan;
import vmlab.run.MilestoneName;
import vmlab.run.Reading.Never;
import vmlab.site.LastLines;
import vmlab.site.Site;

/** What a booting node lets us know while somebody waits for it; held against the table of causes whenever there is something new. */
public final class BootWatch {

    /** How the image's services and the iPXE script begin what they say. */
    private static final Pattern SAID = Pattern.compile("lab: (.+)");

    /** k0s was started at least twice. */
    private static final Pattern K0S_AGAIN = Pattern.compile("lab: " + MilestoneName.K0S + " start ([2-9]|[0-9]{2,})$");

    /** A console on which no initrd speaks by then is reason to look whether the image is whole. */
    private static final Duration INITRD_SPEAKS_BY = Duration.ofSeconds(20);

    private final NodeEvidence evidence;
    private final Path console;
    private final Path events;
    private final Instant begin = Instant.now();
    private final Instant boot;
    private String state = "";
    private Optional<String> damage = Optional.empty();
    private Optional<String> looked = Optional.empty();
    private Optional<Finding> looping = Optional.empty();
    private Optional<Finding> certain = Optional.empty();

    /** A watch on whichever boot of {@code node} runs. */
    public BootWatch(Site site, LabFolder folder, NodePlan node) {
        this(site, folder, node, Instant.MIN);
    }

    /** A watch on the boot that began at {@code boot}: word of it is on its way while the events still end with the boot before. */
    public BootWatch(Site site, LabFolder folder, NodePlan node, Instant boot) {
        this.boot = boot;
        this.evidence = new NodeEvidence(
                site, folder, node.name(), node.domain(), node.address().getHostAddress());
        this.console = folder.serialLog(node.name());
        this.events = folder.events();
    }

    /** The reason why this boot can be given up, where there is one. */
    public <T> Optional<Never<T>> dead() {
        lookForDamage();
        String now = size(console) + " " + size(events) + " " + evidence.state() + " " + damage;
        if (!now.equals(state)) {
            state = now;
            Evidence quick = evidence.quick().since(boot);
            certain = Diagnosis.of(damage.isEmpty() ? quick : with(quick, Source.IMAGE, damage.get()))
                    .certain();
        }
        return certain.map(BootWatch::never);
    }

    /** The same, and for a node that starts k0s again and again also what k0s itself says; that takes a login. */
    public <T> Optional<Never<T>> deadOrLooping() throws InterruptedException {
        Optional<Never<T>> dead = dead();
        if (dead.isPresent()) {
            return dead;
        }
        Optional<String> again = lastLine(K0S_AGAIN);
        if (!again.equals(looked)) {
            looked = again;
            looping = Diagnosis.of(evidence.full().since(boot)).certain();
        }
        return looping.map(BootWatch::never);
    }

    /**
     * The last thing that the node said, on its console: that works before it has a network, and when it gets none. Of one that does not run
     * yet, what keeps it from that.
     */
    public Optional<String> lastWord() {
        return lastLine(SAID).or(() -> Optional.of(evidence.trouble()).filter(trouble -> !trouble.isEmpty()));
    }

    private Optional<String> lastLine(Pattern pattern) {
        return LastLines.tail(console)
                .lines()
                .map(pattern::matcher)
                .filter(Matcher::find)
                .map(said -> said.group(1).strip())
                .reduce((earlier, later) -> later);
    }

    private void lookForDamage() {
        boolean silent = damage.isEmpty()
                && Duration.between(begin, Instant.now()).compareTo(INITRD_SPEAKS_BY) > 0
                && lastWord().filter(word -> !word.contains("boots from")).isEmpty();
        if (silent) {
            damage = Optional.of(evidence.damage());
        }
    }

    private static <T> Never<T> never(Finding found) {
        return new Never<>(found.what() + ": " + found.evidence(), found.cure());
    }

    private static Evidence with(Evidence evidence, Source source, String text) {
        Map<Source, String> texts = new EnumMap<>(Source.class);
        texts.putAll(evidence.texts());
        texts.put(source, text);
        return new Evidence(
                evidence.node(), evidence.address(), evidence.machine(), evidence.host(), evidence.events(), texts);
    }

    private static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException none) {
            return 0;
        }
    }
}

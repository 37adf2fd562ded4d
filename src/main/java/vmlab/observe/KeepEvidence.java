package vmlab.observe;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import vmlab.plan.Inventory.DomainFound;
import vmlab.plan.LabFolder;
import vmlab.run.Phase;
import vmlab.run.PhaseName;
import vmlab.run.Run;
import vmlab.site.Site;

/**
 * Puts aside what tells why a lab failed, before it is taken down: cluster.yaml, consoles, what the displays show, events, the boot server's
 * log, the machines' descriptions.
 */
public final class KeepEvidence implements Phase<String, Path> {

    private final Site site;

    /** The phase on {@code site}. */
    public KeepEvidence(Site site) {
        this.site = site;
    }

    @Override
    public String name() {
        return PhaseName.EVIDENCE.toString();
    }

    @Override
    public String doing() {
        return "keep what tells why";
    }

    @Override
    public Path run(String lab, Run run) throws InterruptedException {
        LabFolder folder = site.folder(lab);
        Path kept = folder.evidence();
        try {
            Files.createDirectories(kept);
            for (Path log : logs(folder)) {
                Files.copy(log, kept.resolve(log.getFileName()), StandardCopyOption.REPLACE_EXISTING);
            }
            List<DomainFound> domains = site.inventory(lab).domains();
            for (Map.Entry<String, byte[]> screen :
                    Screens.of(site, domains).pictures().entrySet()) {
                Files.write(kept.resolve(screen.getKey()), screen.getValue());
            }
            for (DomainFound domain : domains) {
                Files.writeString(
                        kept.resolve(domain.mark().node() + ".domain.xml"),
                        site.engine().machines().describe(domain.name()));
            }
        } catch (IOException error) {
            throw new UncheckedIOException(error);
        }
        run.result(kept.toString());
        return kept;
    }

    private static Iterable<Path> logs(LabFolder folder) throws IOException {
        try (Stream<Path> files = Files.list(folder.path())) {
            return files.filter(
                            f -> f.toString().endsWith(".log") || f.equals(folder.events()) || f.equals(folder.spec()))
                    .toList();
        }
    }
}

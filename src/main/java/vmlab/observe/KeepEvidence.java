package vmlab.observe;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import vmlab.plan.Inventory.DomainFound;
import vmlab.plan.LabFolder;
import vmlab.run.AtomicFile;
import vmlab.run.AtomicFile.Readers;
import vmlab.run.Phase;
import vmlab.run.PhaseName;
import vmlab.run.PrivateFiles;
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
            PrivateFiles.folder(kept);
            for (Path log : logs(folder)) {
                AtomicFile.write(kept.resolve(log.getFileName()), Files.readAllBytes(log), Readers.OWNER);
            }
            List<DomainFound> domains = site.inventory(lab).domains();
            for (Map.Entry<String, byte[]> screen :
                    Screens.of(site, domains).pictures().entrySet()) {
                AtomicFile.write(kept.resolve(screen.getKey()), screen.getValue(), Readers.OWNER);
            }
            for (DomainFound domain : domains) {
                AtomicFile.write(
                        kept.resolve(domain.mark().node() + ".domain.xml"),
                        site.engine().machines().describe(domain.name()),
                        Readers.OWNER);
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

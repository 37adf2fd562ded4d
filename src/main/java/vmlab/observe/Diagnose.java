package vmlab.observe;

import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import vmlab.diagnose.Diagnosis;
import vmlab.diagnose.Evidence;
import vmlab.diagnose.EvidenceFile;
import vmlab.plan.Inventory;
import vmlab.plan.LabFolder;
import vmlab.run.Event;
import vmlab.run.Phase;
import vmlab.run.PhaseName;
import vmlab.run.Run;
import vmlab.site.FolderTree;
import vmlab.site.Site;

/** Looks at each node of a lab from all sides, keeps what it saw, and names what is wrong. */
public final class Diagnose implements Phase<String, List<Diagnosis>> {

    private final Site site;

    /** A diagnosis on {@code site}. */
    public Diagnose(Site site) {
        this.site = site;
    }

    @Override
    public String name() {
        return PhaseName.DIAGNOSE.toString();
    }

    @Override
    public String doing() {
        return "find out why";
    }

    @Override
    public List<Diagnosis> run(String lab, Run run) throws InterruptedException {
        List<Diagnosis> diagnoses = new ArrayList<>();
        LabFolder folder = site.folder(lab);
        for (Evidence evidence : look(lab)) {
            keep(evidence, folder, run);
            Diagnosis diagnosis = Diagnosis.of(evidence);
            diagnosis
                    .findings()
                    .forEach(found -> run.emit(new Event.Diagnosed(
                            Instant.now(), found.node(), found.cause(), found.what(), found.evidence(), found.cure())));
            diagnoses.add(diagnosis);
        }
        long causes = diagnoses.stream().mapToLong(d -> d.findings().size()).sum();
        run.result(causes == 0 ? "no known cause" : causes + (causes == 1 ? " cause" : " causes"));
        return diagnoses;
    }

    /** A disk that is full is a cause like others: then the evidence is told and not kept. */
    private static void keep(Evidence evidence, LabFolder folder, Run run) {
        try {
            FolderTree.createPrivate(folder.evidence());
            EvidenceFile.write(evidence, folder.evidence());
        } catch (UncheckedIOException full) {
            run.note("the evidence of " + evidence.node() + " could not be kept: " + full.getMessage());
        }
    }

    /** The evidence of every node, all at once. */
    private List<Evidence> look(String lab) throws InterruptedException {
        Inventory found = site.inventory(lab);
        List<Callable<Evidence>> looks = new ArrayList<>();
        for (Inventory.DomainFound domain : found.domains()) {
            String node = domain.mark().node();
            String address = found.network()
                    .map(n -> n.addresses().getOrDefault(node, ""))
                    .orElse("");
            looks.add(new NodeEvidence(site, site.folder(lab), node, domain.name(), address)::full);
        }
        List<Evidence> all = new ArrayList<>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<Evidence> look : threads.invokeAll(looks)) {
                all.add(look.get());
            }
        } catch (ExecutionException error) {
            throw error.getCause() instanceof RuntimeException failure ? failure : new IllegalStateException(error);
        }
        return all;
    }
}

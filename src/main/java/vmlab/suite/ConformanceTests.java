package vmlab.suite;

import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import vmlab.image.E2eTests;
import vmlab.kube.KubeApi;
import vmlab.plan.LabFolder;
import vmlab.run.LabFailure;
import vmlab.run.LockFile;
import vmlab.run.Reading;
import vmlab.run.Run;
import vmlab.run.SuiteResult;
import vmlab.suite.conformance.Conformance;
import vmlab.suite.conformance.Selection;

/** Kubernetes' own conformance tests, whose program runs on this machine and asks the lab's API. */
public final class ConformanceTests implements TestSuite {

    /** By this label the specs' namespaces are known. */
    private static final String OF_A_SPEC = "e2e-framework";

    private static final Duration REMOVAL = Duration.ofMinutes(3);

    private final E2eTests tests;
    private final Selection selection;
    private final Path folder;

    /** The specs of {@code tests} that {@code selection} takes; what they leave goes to {@code folder}. */
    public ConformanceTests(E2eTests tests, Selection selection, Path folder) {
        this.tests = tests;
        this.selection = selection;
        this.folder = folder;
    }

    @Override
    public String doing() {
        return "run Kubernetes' conformance tests";
    }

    @Override
    public SuiteResult run(TestedLab lab, Run run) throws InterruptedException {
        Instant start = run.clock().instant();
        try (LockFile alone = alone(lab.folder());
                KubeApi api = KubeApi.of(lab.kubeconfig())) {
            requireSameRelease(lab, api);
            removeNamespaces(lab, api, run);
            var results =
                    new Conformance(tests, selection, folder).run(lab.kubeconfigFile(), run, () -> requireUp(lab));
            removeNamespaces(lab, api, run);
            run.note("e2e.log and junit_01.xml are in " + folder);
            return new SuiteResult(
                    Conformance.NAME,
                    results,
                    Duration.between(start, run.clock().instant()));
        } catch (IOException unreleased) {
            throw new UncheckedIOException(unreleased);
        }
    }

    /** Two runs on one lab would remove each other's namespaces. */
    static LockFile alone(LabFolder lab) {
        Path file = lab.path().resolve("conformance.lock");
        try {
            return LockFile.tryTake(file, ProcessHandle.current().pid() + "\n")
                    .orElseThrow(() -> LabFailure.lab(
                            "conformance tests are running on this lab",
                            "another lab test holds " + file,
                            "wait for it to end, or test a fork of the lab"));
        } catch (IOException error) {
            throw new UncheckedIOException(error);
        }
    }

    private void requireSameRelease(TestedLab lab, KubeApi api) {
        String its;
        try {
            its = api.version();
        } catch (KubernetesClientException silent) {
            throw LabFailure.lab(
                    "the API of lab " + lab.name() + " does not answer",
                    String.valueOf(silent.getMessage()),
                    "lab diagnose " + lab.name());
        }
        if (!minor(its).equals(minor(tests.version()))) {
            throw LabFailure.input(
                    "lab " + lab.name() + " runs Kubernetes " + its,
                    "the conformance tests are of " + tests.version() + ", and hold for that minor release alone",
                    "give the lab a k0s of that release");
        }
    }

    /** {@code v1.36} of {@code v1.36.3+k0s}. */
    private static String minor(String version) {
        return version.replaceFirst("^(v?\\d+\\.\\d+).*", "$1");
    }

    /** Specs leave the end of their namespaces to Kubernetes, and one that was interrupted leaves all of it. */
    private static void removeNamespaces(TestedLab lab, KubeApi api, Run run) throws InterruptedException {
        run.await(
                        "",
                        "the removal of the specs' namespaces",
                        lab.site().pace(lab.name()).of(REMOVAL))
                .until(() -> {
                    try {
                        List<Namespace> left = api.client()
                                .namespaces()
                                .withLabel(OF_A_SPEC)
                                .list()
                                .getItems();
                        left.stream()
                                .filter(namespace -> !namespace.isMarkedForDeletion())
                                .forEach(namespace ->
                                        api.client().resource(namespace).delete());
                        return left.isEmpty()
                                ? new Reading.Ready<>("gone")
                                : new Reading.NotYet<>(left.size() + " are being removed");
                    } catch (KubernetesClientException silent) {
                        return new Reading.NotYet<>("the API does not answer");
                    }
                });
    }

    private static void requireUp(TestedLab lab) {
        var found = lab.site().inventory(lab.name());
        if (found.domains().size() < lab.found().domains().size()
                || found.domains().stream().noneMatch(domain -> domain.running())) {
            throw LabFailure.lab(
                    "lab " + lab.name() + " went down during its tests",
                    "its nodes no longer run",
                    "lab up, then lab test " + lab.name() + " --suite conformance --resume");
        }
    }
}

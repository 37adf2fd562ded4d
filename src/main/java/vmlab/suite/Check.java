package vmlab.suite;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import vmlab.run.Run;
import vmlab.run.SuiteResult;
import vmlab.site.Site;

/** Runs suites of tests on a lab that is up ({@code lab test}). */
public final class Check {

    private final Site site;
    private final Optional<String> node;
    private final boolean reboots;

    /**
     * A check on {@code site}.
     *
     * @param node the only node for suites that go from node to node
     * @param reboots whether nodes may be rebooted; what needs it is skipped otherwise
     */
    public Check(Site site, Optional<String> node, boolean reboots) {
        this.site = site;
        this.node = node;
        this.reboots = reboots;
    }

    /** Runs all checks of {@code suites} on {@code lab} and tells how each ended. */
    public List<SuiteResult> run(String lab, List<TestSuite> suites, Run run) throws InterruptedException {
        TestedLab tested = TestedLab.of(site, lab, node, reboots);
        List<SuiteResult> results = new ArrayList<>();
        for (TestSuite suite : suites) {
            results.add(suite.run(tested, run));
        }
        return List.copyOf(results);
    }
}

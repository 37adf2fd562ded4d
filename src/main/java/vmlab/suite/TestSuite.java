package vmlab.suite;

import vmlab.run.Run;
import vmlab.run.SuiteResult;
import vmlab.spec.OwnChecks;
import vmlab.spec.Suite;
import vmlab.spec.Tests;

/** A suite of tests that a lab which is up can be put to; a file each. */
public sealed interface TestSuite
        permits SmokeTests, ImmutableTests, HaTests, PartitionTests, OwnTests, ConformanceTests {

    /** What it finds out, as a user would say it. */
    String doing();

    /** Runs its checks and tells how each ended, each end also as an event. What it made in the lab is gone afterwards. */
    SuiteResult run(TestedLab lab, Run run) throws InterruptedException;

    /** The suite that runs these. */
    static TestSuite of(Tests tests) {
        return switch (tests) {
            case Suite.SMOKE -> new SmokeTests();
            case Suite.IMMUTABLE -> new ImmutableTests();
            case Suite.HA -> new HaTests();
            case Suite.PARTITION -> new PartitionTests();
            case OwnChecks own -> new OwnTests(own);
        };
    }
}

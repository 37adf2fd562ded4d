package vmlab.suite;

import vmlab.run.Run;
import vmlab.run.SuiteResult;
import vmlab.spec.Suite;

/** A suite of tests that a lab which is up can be put to; a file each. */
public sealed interface TestSuite permits SmokeTests, ImmutableTests, HaTests {

    /** What it finds out, as a user would say it. */
    String doing();

    /** Runs its checks and tells how each ended, each end also as an event. What it made in the lab is gone afterwards. */
    SuiteResult run(TestedLab lab, Run run) throws InterruptedException;

    /** The suite of this name. */
    static TestSuite of(Suite suite) {
        return switch (suite) {
            case SMOKE -> new SmokeTests();
            case IMMUTABLE -> new ImmutableTests();
            case HA -> new HaTests();
        };
    }
}

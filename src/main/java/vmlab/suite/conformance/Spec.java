package vmlab.suite.conformance;

import java.time.Duration;
import vmlab.run.Outcome;

/**
 * How one spec ended, by the log.
 *
 * @param name as Kubernetes lists it: {@code [sig-auth] ServiceAccounts should … [Conformance]}
 * @param evidence of one that failed: its own lines, events, and its pods; empty otherwise
 */
record Spec(String name, Outcome outcome, Duration took, String evidence) {}

package vmlab.diagnose;

import static vmlab.diagnose.Cause.certain;
import static vmlab.diagnose.Cause.passing;
import static vmlab.diagnose.Detector.said;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import vmlab.run.Event;

/** What keeps k0s from running: the words of genuine k0s, and of its components, which the stand-in runs too. */
final class K0sCauses {

    /** After so many starts in a row a crash is no disorder of the beginning. */
    private static final int LOOP = 4;

    private static final Pattern START = Pattern.compile("^start ([0-9]+)$");

    private static final Detector RESTARTED = started(2);
    private static final Detector LOOPING = started(LOOP);

    static final List<Cause> ALL = List.of(
            certain(
                    "k0s-missing",
                    "the image has no k0s",
                    "k0s: in the recipe says where it comes from; build the image anew",
                    said(Source.K0S, "k0s: (not found|No such file or directory)")),
            certain(
                    "k0s-not-executable",
                    "k0s cannot be executed",
                    "the file given under k0s: must be an executable for x86-64; build the image anew",
                    said(Source.K0S, "/usr/bin/k0s: (Permission denied|Exec format error|cannot execute)")),
            certain(
                    "k0s-config-refused",
                    "k0s refuses its configuration",
                    "mend k0s.config in cluster.yaml",
                    said(
                                    Source.K0S,
                                    "cluster configuration .*: |failed to (load|initialize) (node|cluster|runtime) config"
                                            + "|invalid (node |runtime )?config|unknown field|unknown flag")
                            .and(RESTARTED)),
            passing(
                    "clock-skew",
                    "the node's clock is wrong, so certificates are not valid there",
                    "set the node's clock (lab ssh, then date -s); after a long stop lab down and lab up",
                    said(Source.K0S, "certificate (has expired or )?is not yet valid|is not yet valid")
                            .or(K0sCauses::skewed)),
            passing(
                    "token-expired",
                    "the node's join token has expired or is not known to the cluster",
                    "lab up makes a new one; lab down and lab up begin anew",
                    said(Source.JOIN, "refuses its token")
                            .or(said(
                                            Source.K0S,
                                            "token.*(expired|is invalid)|credentials are invalid|Unauthorized|provide credentials")
                                    .unless(said(Source.CLUSTER, "^node \\S+ is NotReady"))
                                    .unless(said(Source.JOIN, "its token is taken")))),
            passing(
                    "ca-mismatch",
                    "the node and the cluster have certificates of different CAs",
                    "the state disk is of another cluster: lab down, then lab up",
                    said(
                                    Source.K0S,
                                    "x509: certificate signed by unknown authority|tls: unknown certificate authority|tls: bad certificate")
                            .unless(said(Source.JOIN, "its token is taken"))
                            .or(said(Source.JOIN, "TLS with .* fails, trusting the CA"))
                            .or(said(Source.CLUSTER, "certificate is not of this cluster's CA"))),
            passing(
                    "port-in-use",
                    "a port that k0s needs is in use on the node",
                    "see what listens there (lab ssh, then ss -ltnp): a provisioning script may have started it",
                    said(Source.K0S, "bind: address already in use")),
            passing(
                    "etcd-without-quorum",
                    "etcd has lost its quorum: fewer than half of the controllers answer",
                    "lab status shows which controllers are off; lab up starts them",
                    said(
                                    Source.K0S,
                                    "etcdserver: no leader|has no leader|lost leader|etcdserver: request timed out|not enough started members")
                            .unless(said(Source.CLUSTER, "^node "))),
            certain(
                    "k0s-crash-loop",
                    "k0s ends again and again",
                    "see lab logs LAB k0s for its last words before each start",
                    LOOPING.unless(Detector.READY)));

    private K0sCauses() {}

    private static Detector started(int times) {
        return evidence -> starts(evidence).filter(n -> n >= times).map(n -> "k0s was started " + n + " times");
    }

    private static Optional<Integer> starts(Evidence evidence) {
        return evidence.events(Event.Milestone.class)
                .filter(said -> said.name().equals("k0s"))
                .map(said -> START.matcher(said.text()))
                .filter(java.util.regex.Matcher::matches)
                .map(said -> Integer.parseInt(said.group(1)))
                .reduce((earlier, later) -> later);
    }

    private static final Duration SKEW = Duration.ofMinutes(2);

    private static Optional<String> skewed(Evidence evidence) {
        return evidence.last(Event.ClockRead.class)
                .filter(read -> Duration.between(read.at(), read.clock()).abs().compareTo(SKEW) > 0)
                .map(read -> "its clock said " + read.clock() + " when it was " + read.at() + " here");
    }
}

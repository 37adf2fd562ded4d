package vmlab.diagnose;

import static vmlab.diagnose.Cause.passing;
import static vmlab.diagnose.Detector.said;
import static vmlab.run.MilestoneName.PROVISION;
import static vmlab.run.MilestoneName.PROVISION_FAILED;

import java.util.List;
import java.util.regex.Pattern;
import vmlab.run.Event;

/** What goes wrong while a node pulls its repository and runs it. The cluster may become Ready all the same, so none ends a wait. */
final class ProvisionCauses {

    /** In the words of the image's provision script, which says a failure last of all: a run that goes well makes the one before it past. */
    private static Detector failed(String regex) {
        Pattern sign = Pattern.compile(regex);
        return evidence -> evidence.events(Event.Milestone.class)
                .filter(said -> said.is(PROVISION) || said.is(PROVISION_FAILED))
                .reduce((earlier, later) -> later)
                .filter(said -> said.is(PROVISION_FAILED))
                .filter(said -> sign.matcher(said.text()).find())
                .map(said -> "it said: " + said.name() + " " + said.text());
    }

    static final List<Cause> ALL = List.of(
            passing(
                    "git-ref-missing",
                    "the repository has no such ref",
                    "see provision.ref in cluster.yaml and git ls-remote of the repository",
                    failed("^\\S+[:/]\\S* has no ")),
            passing(
                    "git-key-refused",
                    "the git server refuses the node's key",
                    "see provision.key in cluster.yaml: the server must know it, and let it read this repository",
                    failed(
                            "can't be had \\(.*(Permission denied|Authentication failed|could not read (Username|Password)"
                                    + "|requested URL returned error: 40[13])")),
            passing(
                    "git-server-unknown",
                    "the git server has another key or certificate than the node was told",
                    "see provision.knownHosts in cluster.yaml: ssh-keyscan prints its line; a certificate must be one that the image trusts",
                    failed("can't be had \\(.*(Host key verification failed|certificate)")),
            passing(
                    "no-way-out",
                    "the repository cannot be reached: the embedded host has no way out",
                    "pasta must run for mode: nat, and comes back by itself once it can; scripts/setup installs it; lab doctor says more",
                    failed("can't be had").and(said(Source.WAY_OUT, "."))),
            passing(
                    "git-away",
                    "the repository cannot be reached",
                    "see provision.git in cluster.yaml, and whether a node reaches it: lab ssh, then git ls-remote URL",
                    failed("can't be had")),
            passing(
                    "provision-hangs",
                    "the provisioning script did not end in its time",
                    "see lab logs LAB provision for where it stopped; provision.timeout in cluster.yaml gives it longer",
                    failed("took longer than")),
            passing(
                    "provision-script-missing",
                    "the repository does not have the script",
                    "add run.sh at the top of the repository, or name another in provision.path",
                    failed("^[0-9a-f]+ has no ")),
            passing(
                    "provision-script-failed",
                    "the provisioning script failed",
                    "see lab logs LAB provision; it is run again at the next boot, and lab pull LAB --all runs it now",
                    failed("exit [0-9]+")),
            passing("provision-failed", "provisioning failed", "see lab logs LAB provision", failed("")));

    private ProvisionCauses() {}
}

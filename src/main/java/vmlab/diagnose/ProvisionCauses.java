package vmlab.diagnose;

import static vmlab.diagnose.Cause.passing;
import static vmlab.diagnose.Detector.milestone;
import static vmlab.diagnose.Detector.said;

import java.util.List;

/** What goes wrong while a node pulls its repository and runs it. The cluster may become Ready all the same, so none ends a wait. */
final class ProvisionCauses {

    private static final Detector FAILED = milestone("provision-failed", "");

    static final List<Cause> ALL = List.of(
            passing(
                    "git-ref-missing",
                    "the repository has no such ref",
                    "see provision.ref in cluster.yaml and git ls-remote of the repository",
                    said(
                                    Source.PROVISION,
                                    "[Cc]ouldn't find remote ref|unknown revision|not our ref|pathspec .* did not match")
                            .and(FAILED)),
            passing(
                    "git-away",
                    "the repository cannot be reached",
                    "see provision.git in cluster.yaml, and whether a node reaches it: lab ssh, then git ls-remote URL",
                    said(
                                    Source.PROVISION,
                                    "[Cc]ould not resolve host|[Ff]ailed to connect|[Cc]onnection refused|unable to access"
                                            + "|does not appear to be a git repository|[Rr]epository not found|[Cc]ould not connect")
                            .and(FAILED)),
            passing(
                    "provision-hangs",
                    "the provisioning script did not end in its time",
                    "see lab logs provision for where it stopped; provision.timeout in cluster.yaml gives it longer",
                    milestone("provision-failed", "took longer than")),
            passing(
                    "provision-script-missing",
                    "the repository has no run.sh",
                    "add run.sh at the top of the repository",
                    milestone("provision-failed", "has no run\\.sh")),
            passing(
                    "provision-script-failed",
                    "the provisioning script failed",
                    "see lab logs provision; it is run again at the next boot, and lab ssh can run it by hand",
                    milestone("provision-failed", "exit [0-9]+")),
            passing("provision-failed", "provisioning failed", "see lab logs provision", FAILED));

    private ProvisionCauses() {}
}

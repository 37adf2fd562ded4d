package vmlab.diagnose;

import static vmlab.diagnose.Cause.certain;
import static vmlab.diagnose.Detector.instead;
import static vmlab.diagnose.Detector.milestone;
import static vmlab.diagnose.Detector.said;
import static vmlab.run.MilestoneName.FAILED;
import static vmlab.run.MilestoneName.NO_CONFIG;
import static vmlab.run.MilestoneName.NO_HOST_KEY;
import static vmlab.run.MilestoneName.SSHD;
import static vmlab.run.MilestoneName.STATE;

import java.util.List;

/** What is wrong with the node's own disks. */
final class DiskCauses {

    private static final String NEW_DISKS = "lab down, then lab up: the disks are made anew";

    private static final Detector NO_STATE = instead(STATE, "lab: (" + FAILED + " )?no disk labelled state")
            .or(milestone(FAILED, "no disk labelled state"));

    private static final Detector EXT4_IS_BROKEN = instead(
            STATE,
            "EXT4-fs error|EXT4-fs \\(vd[a-z]\\):.*(corrupt|Can't find ext4|bad geometry|[Cc]hecksum|failed|bad block)"
                    + "|I/O error, dev vd|Buffer I/O error");

    static final List<Cause> ALL = List.of(
            certain(
                    "state-disk-full",
                    "the node's state disk is full",
                    "give the node a larger disk: in cluster.yaml, or remove what fills it (lab ssh, du -x /state)",
                    said(Source.NODE, "^disk /state (99|100)%")
                            .or(milestone(FAILED, "state disk could not be filled"))
                            .or(instead(STATE, "lab: " + FAILED + " the state disk could not be filled"))
                            .or(said(Source.K0S, "no space left on device"))),
            certain("state-disk-corrupt", "the node's state disk is corrupt", NEW_DISKS, EXT4_IS_BROKEN),
            certain("state-disk-missing", "the node has no state disk, or not one of the lab's", NEW_DISKS, NO_STATE),
            certain(
                    "config-disk-missing",
                    "the node has no config disk: it does not know who it is",
                    NEW_DISKS,
                    instead(SSHD, "lab: " + NO_CONFIG)
                            .or(milestone(NO_CONFIG, ""))
                            .or(milestone(FAILED, "config disk could not be copied"))),
            certain(
                    "no-host-key",
                    "the node has no SSH host key on its config disk",
                    NEW_DISKS,
                    said(Source.CONSOLE, "lab: " + NO_HOST_KEY).or(milestone(NO_HOST_KEY, ""))));

    private DiskCauses() {}
}

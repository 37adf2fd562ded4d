package vmlab.diagnose;

import static vmlab.diagnose.Cause.certain;
import static vmlab.diagnose.Detector.milestone;
import static vmlab.diagnose.Detector.said;
import static vmlab.diagnose.Detector.served;
import static vmlab.diagnose.Detector.stuckAgain;
import static vmlab.diagnose.Detector.stuckAt;
import static vmlab.run.MilestoneName.ROOT_ALTERED;

import java.util.List;

/** What is wrong with what the node boots: kernel, initrd, squashfs. */
final class ImageCauses {

    private static final String BUILD_ANEW =
            "lab image verify names what was altered; remove that image from the store, then lab down and lab up build it anew";

    static final List<Cause> ALL = List.of(
            certain(
                    "kernel-missing",
                    "the image has no kernel",
                    BUILD_ANEW,
                    served(404, "/vmlinuz$").or(said(Source.IMAGE, "^vmlinuz is missing"))),
            certain(
                    "initrd-missing",
                    "the image has no initrd",
                    BUILD_ANEW,
                    served(404, "/initrd$").or(said(Source.IMAGE, "^initrd is missing"))),
            certain(
                    "squashfs-missing",
                    "the image has no squashfs",
                    BUILD_ANEW,
                    served(404, "/root\\.squashfs$").or(said(Source.IMAGE, "^root\\.squashfs is missing"))),
            certain(
                    "kernel-damaged",
                    "the kernel is truncated or altered",
                    BUILD_ANEW,
                    said(Source.IMAGE, "^vmlinuz ")
                            .or(said(
                                    Source.CONSOLE,
                                    "(vmlinuz|kernel).*Exec format error|-- System halted|data is corrupt"))),
            certain(
                    "initrd-damaged",
                    "the initrd is truncated or altered",
                    BUILD_ANEW,
                    said(Source.IMAGE, "^initrd ")
                            .or(said(
                                    Source.CONSOLE,
                                    "Initramfs unpacking failed|invalid magic at start of compressed archive"))),
            certain(
                    "squashfs-altered",
                    "the squashfs is truncated or altered",
                    BUILD_ANEW,
                    milestone(ROOT_ALTERED, "")
                            .or(stuckAt("lab: " + ROOT_ALTERED))
                            .or(said(Source.IMAGE, "^root\\.squashfs "))
                            .or(stuckAt("is no squashfs|SQUASHFS error"))),
            certain(
                    "too-little-memory",
                    "the node has too little memory for its squashfs",
                    "give the node more memory in cluster.yaml: the squashfs lies in it, and k0s wants 1.5 GiB besides",
                    stuckAt("root\\.squashfs.*(No space left|write error|short write)|wget: .*No space left")
                            .or(said(
                                    Source.CONSOLE,
                                    "Out of memory and no killable processes|System is deadlocked on memory"))
                            .or(stuckAt("Out of memory: Killed process.*(busybox|wget|init|modprobe)"))),
            certain(
                    "root-not-fetched",
                    "the initrd cannot fetch the squashfs",
                    "see lab logs LAB http for what the boot server answered; lab up starts it again when it is gone",
                    stuckAgain(3, "lab: failed: http")));

    private ImageCauses() {}
}

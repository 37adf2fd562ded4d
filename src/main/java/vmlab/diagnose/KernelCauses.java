package vmlab.diagnose;

import static vmlab.diagnose.Cause.certain;
import static vmlab.diagnose.Cause.passing;
import static vmlab.diagnose.Detector.instead;
import static vmlab.diagnose.Detector.milestone;
import static vmlab.diagnose.Detector.said;
import static vmlab.diagnose.Detector.stuckAt;
import static vmlab.run.MilestoneName.NETWORK;
import static vmlab.run.MilestoneName.NO_ADDRESS;

import java.util.List;

/** What ends a boot between the kernel and the first service. */
final class KernelCauses {

    static final List<Cause> ALL = List.of(
            certain(
                    "no-root-given",
                    "the kernel line names no root",
                    "lab up writes the kernel line; one of your own needs root=live:http://…",
                    stuckAt("the kernel line has no root=")),
            certain(
                    "init-missing",
                    "the root file system has no init",
                    "the recipe must install an init (openrc, sysvinit-core); then build the image anew",
                    said(Source.CONSOLE, "can't execute '/sbin/init'|No working init found|/sbin/init: not found")),
            certain(
                    "root-not-mounted",
                    "the kernel found no root file system",
                    "the initrd did not run: build the image anew, and see that the kernel line names it (initrd=initrd)",
                    said(Source.CONSOLE, "VFS: Unable to mount root fs|VFS: Cannot open root device")),
            certain(
                    "kernel-panic",
                    "the node's kernel panicked",
                    "look at the lines above it (lab logs LAB serial); more memory is the first thing to try",
                    said(Source.CONSOLE, "Kernel panic")),
            certain(
                    "initrd-emergency",
                    "the initrd gave up and opened its emergency shell",
                    "lab console LAB opens that shell; lab logs LAB serial shows what it waited for",
                    said(
                            Source.CONSOLE,
                            "dracut: FATAL|[Ee]ntering emergency mode|Enter root password for emergency|dracut:/#")),
            certain(
                    "no-network-card",
                    "the initrd knows no driver for the node's network card",
                    "add the card's module to the recipe, or give the machine a virtio card",
                    stuckAt("no network card that this initrd knows")),
            certain(
                    "image-disk-missing",
                    "the disk with the shared image is not there",
                    "lab down, then lab up: the machine was defined without it",
                    stuckAt("no disk has the serial number")),
            certain(
                    "network-without-address",
                    "the node's system could not give its network card an address",
                    "see etc/network/interfaces on its config disk, and lab logs LAB dhcp; lab down, then lab up lay the disk anew",
                    instead(NETWORK, "lab: " + NO_ADDRESS).or(milestone(NO_ADDRESS, ""))),
            passing(
                    "kernel-stalled",
                    "the node's kernel stands still: a processor or a timer of it does",
                    "lab stop --force, then lab up, boots it anew; under emulation it happens once in a great many boots",
                    said(
                            Source.CONSOLE,
                            "rcu: INFO: rcu_[a-z]+ detected stalls|INFO: task .+ blocked for more than [0-9]+ seconds")),
            passing(
                    "guest-out-of-memory",
                    "the node ran out of memory and its kernel killed a process",
                    "give the node more memory in cluster.yaml",
                    evidence -> said(Source.NODE, "Out of memory: Killed process")
                            .or(said(Source.CONSOLE, "Out of memory: Killed process"))
                            .find(evidence)));

    private KernelCauses() {}
}

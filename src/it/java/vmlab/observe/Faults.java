package vmlab.observe;

import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.zip.GZIPOutputStream;
import vmlab.boot.BootConfig;
import vmlab.plan.NetworkPlan;
import vmlab.ssh.KeyFiles;

/** Everything that {@link FaultBench} knows to break; a fault bears the name of the cause that must be found. */
final class Faults {

    static final List<Fault> ALL = List.of(
            Fault.pxe("no-dhcp").network(Faults::withoutDhcp),
            Fault.pxe("foreign-dhcp").network(Faults::withoutDhcp).machine(Faults::otherDhcp),
            Fault.pxe("not-in-boot-config").config(Faults::otherMac),
            Fault.pxe("boot-server-away").withoutBootServer(),
            Fault.pxe("kernel-missing").image(folder -> Files.delete(folder.resolve("vmlinuz"))),
            Fault.pxe("kernel-damaged").image(folder -> halve(folder.resolve("vmlinuz"))),
            Fault.pxe("initrd-missing").image(folder -> Files.delete(folder.resolve("initrd"))),
            Fault.pxe("no-nic-boot")
                    .machine(lab -> lab.redefineMachine(
                            xml -> xml.replaceFirst("(<model type='virtio'/>)", "$1<rom enabled='no'/>"))),
            Fault.pxe("no-dhcp-in-initrd").machine(Faults::dhcpEndsAfterTheFirmware),
            Fault.direct("initrd-damaged").image(folder -> halve(folder.resolve("initrd"))),
            Fault.direct("root-not-mounted").image(Faults::emptyInitrd).builtThatWay(),
            Fault.direct("kernel-panic").machine(kernelLine("$", " rdinit=/bin/busybox")),
            Fault.direct("no-root-given").machine(kernelLine("root=\\S+", "")),
            Fault.direct("root-not-fetched").withoutBootServer(),
            Fault.direct("squashfs-missing").image(folder -> Files.delete(folder.resolve("root.squashfs"))),
            Fault.direct("squashfs-altered").image(Faults::noSquashfs),
            Fault.direct("image-disk-missing")
                    .yaml("rootfs: shared")
                    .machine(lab -> lab.redefineMachine(xml -> xml.replaceAll(
                            "(?s)<disk [^>]*>(?:(?!</disk>).)*<target dev='vdc'(?:(?!</disk>).)*</disk>", ""))),
            Fault.direct("init-missing").image(Faults::emptyRoot).builtThatWay(),
            Fault.direct("too-little-memory")
                    .machine(lab -> lab.redefineMachine(
                            xml -> xml.replaceAll("(<(?:currentM|m)emory[^>]*>)[0-9]+<", "$1196608<"))),
            Fault.direct("no-network-card")
                    .machine(lab -> lab.redefineMachine(
                            xml -> xml.replaceFirst("<model type='virtio'/>", "<model type='e1000'/>"))),
            Fault.direct("no-dhcp").named("no-dhcp-direct").network(Faults::withoutDhcp),
            Fault.direct("network-without-address").disks(Faults::addressThatIsNone),
            Fault.direct("state-disk-missing").disks(lab -> blank(lab.folder().stateDisk("n"))),
            Fault.direct("state-disk-corrupt").disks(lab -> spoil(lab.folder().stateDisk("n"))),
            Fault.direct("state-disk-full")
                    .disks(lab -> Shell.run("mkfs.ext4 -q -F -L state -N 16 '%s' 16M"
                            .formatted(fresh(lab.folder().stateDisk("n"))))),
            Fault.direct("config-disk-missing").disks(lab -> blank(lab.folder().configDisk("n"))),
            Fault.direct("no-host-key").disks(lab -> removeFromConfig(lab, "/root/etc/ssh/ssh_host_ecdsa_key")),
            Fault.direct("host-key-differs").disks(Faults::otherHostKey),
            Fault.direct("ssh-key-refused").disks(lab -> removeFromConfig(lab, "/root/root/.ssh/authorized_keys")),
            Fault.direct("switched-off")
                    .machine(lab -> Shell.run(
                            "virsh -q -c qemu:///system destroy " + lab.node().domain())),
            Fault.direct("qemu-crashed").machine(Faults::killQemu),
            Fault.direct("clock-skew").disks(Faults::clockSetBack),
            Fault.direct("k0s-missing")
                    .image(folder -> otherRoot(folder, "true"))
                    .builtThatWay()
                    .untilK0s(),
            Fault.direct("k0s-not-executable")
                    .image(folder -> otherRoot(folder, "echo no program >k/usr/bin/k0s && chmod 0644 k/usr/bin/k0s"))
                    .builtThatWay()
                    .untilK0s(),
            Fault.direct("k0s-crash-loop")
                    .image(folder -> otherRoot(
                            folder, "printf '#!/bin/sh\\nexit 1\\n' >k/usr/bin/k0s && chmod 0755 k/usr/bin/k0s"))
                    .builtThatWay()
                    .untilK0s(),
            Fault.direct("k0s-config-refused")
                    .yaml("k0s: {config: {network: {podCIDR: nonsense}}}")
                    .untilK0s());

    private Faults() {}

    private static String withoutDhcp(String networkXml) {
        return networkXml.replaceAll("(?s)<dhcp>.*</dhcp>", "");
    }

    /** A second server on the lab's bridge, as from a cable that should not be there. */
    private static void otherDhcp(FaultyLab lab) throws IOException {
        NetworkPlan network = lab.lab.plan().network();
        String first = network.gateway().getHostAddress().replaceAll("[0-9]+$", "");
        lab.keep(new ProcessBuilder(
                        "dnsmasq",
                        "--keep-in-foreground",
                        "--conf-file=/dev/null",
                        "--user=root",
                        "--port=0",
                        "--bind-interfaces",
                        "--except-interface=lo",
                        "--interface=" + network.bridge(),
                        "--dhcp-range=%s150,%s160".formatted(first, first),
                        "--dhcp-leasefile=" + lab.folder().path().resolve("other.leases"))
                .inheritIO()
                .start());
    }

    private static void dhcpEndsAfterTheFirmware(FaultyLab lab) throws IOException, InterruptedException {
        lab.awaitConsole("boots from");
        long pid = Long.parseLong(Files.readString(
                        Path.of("/run/libvirt/network", lab.lab.plan().network().name() + ".pid"))
                .strip());
        ProcessHandle.of(pid).orElseThrow().destroyForcibly();
    }

    private static Fault.OnLab kernelLine(String regex, String instead) {
        UnaryOperator<String> change = xml -> {
            int begin = xml.indexOf("<cmdline>") + "<cmdline>".length();
            int end = xml.indexOf("</cmdline>");
            return xml.substring(0, begin)
                    + xml.substring(begin, end).replaceFirst(regex, instead)
                    + xml.substring(end);
        };
        return lab -> lab.redefineMachine(change);
    }

    private static BootConfig otherMac(BootConfig config) {
        var client = config.clients().getFirst();
        return new BootConfig(
                config.lab(),
                config.address(),
                config.port(),
                List.of(new BootConfig.Client(
                        client.node(),
                        "52:54:00:00:00:01",
                        client.address(),
                        client.image(),
                        client.boot(),
                        client.kernelLine())),
                config.events(),
                config.apiSocket(),
                config.apiAddress(),
                config.controllers(),
                config.ports(),
                config.storage(),
                config.pulls());
    }

    private static void halve(Path file) throws IOException {
        byte[] all = Files.readAllBytes(file);
        Files.delete(file);
        Files.write(file, Arrays.copyOf(all, all.length / 2));
    }

    /** A cpio archive of nothing but its end: thirteen fields, of which one link and the name's length are not zero. */
    private static void emptyInitrd(Path folder) throws IOException {
        Files.delete(folder.resolve("initrd"));
        String zero = "0".repeat(8);
        String end = "070701" + zero.repeat(4) + "00000001" + zero.repeat(6) + "0000000b" + zero + "TRAILER!!!\0\0\0\0";
        try (OutputStream file = new GZIPOutputStream(Files.newOutputStream(folder.resolve("initrd")))) {
            file.write(end.getBytes(StandardCharsets.US_ASCII));
        }
    }

    private static void noSquashfs(Path folder) throws IOException {
        Files.delete(folder.resolve("root.squashfs"));
        Files.writeString(folder.resolve("root.squashfs"), "this was a root file system\n".repeat(100_000));
    }

    private static void emptyRoot(Path folder) throws IOException, InterruptedException {
        Files.delete(folder.resolve("root.squashfs"));
        Shell.run("cd '%s' && mkdir -p r/usr r/proc r/sys r/dev r/run && %s".formatted(folder, squash("r")));
    }

    /** The root without k0s and its images, changed by {@code more}. */
    private static void otherRoot(Path folder, String more) throws IOException, InterruptedException {
        Shell.run(("cd '%s' && unsquashfs -q -n -d k -excludes root.squashfs usr/share/k0s usr/bin/k0s >/dev/null"
                        + " && mkdir -p k/usr/share/k0s/images && %s && rm root.squashfs && %s && rm -rf k")
                .formatted(folder, more, squash("k")));
    }

    private static String squash(String root) {
        return "mksquashfs " + root + " root.squashfs -comp zstd -Xcompression-level 1 -quiet -no-progress >/dev/null";
    }

    private static Path fresh(Path disk) throws IOException {
        Files.delete(disk);
        return disk;
    }

    private static void blank(Path disk) throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(fresh(disk).toFile(), "rw")) {
            file.setLength(64 << 20);
        }
    }

    /** The superblock stays as it is, with its label; the group descriptors after it become noise. */
    private static void spoil(Path disk) throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(disk.toFile(), "rw")) {
            file.seek(4096);
            file.write("noise".repeat(1600).getBytes(StandardCharsets.US_ASCII));
        }
    }

    private static void removeFromConfig(FaultyLab lab, String path) throws IOException, InterruptedException {
        Shell.run("debugfs -w -R 'rm %s' '%s' 2>/dev/null"
                .formatted(path, lab.folder().configDisk("n")));
    }

    /** A day behind once the initrd, which sets the clock by the boot server's, is past; OpenRC reads such a file before it starts sshd. */
    private static void clockSetBack(FaultyLab lab) throws IOException, InterruptedException {
        addToConfig(lab, "etc/conf.d/sshd", """
                [ -e /run/set-back ] || date -s "@$(($(date +%s) - 90000))" >/run/set-back
                """);
    }

    private static void addToConfig(FaultyLab lab, String path, String text) throws IOException, InterruptedException {
        Path file = Files.writeString(lab.folder().path().resolve("added"), text);
        removeFromConfig(lab, "/root/" + path);
        Shell.run("debugfs -w -R 'write %s /root/%s' '%s' 2>/dev/null"
                .formatted(file, path, lab.folder().configDisk("n")));
    }

    private static void addressThatIsNone(FaultyLab lab) throws IOException, InterruptedException {
        addToConfig(
                lab,
                "etc/network/interfaces",
                "auto lo\niface lo inet loopback\nauto eth0\niface eth0 inet static\n    address 10.78.999.2/24\n");
    }

    private static void otherHostKey(FaultyLab lab) throws IOException {
        Files.delete(lab.folder().hostKey("n"));
        KeyFiles.readOrMake(lab.folder().hostKey("n"), "another");
    }

    private static void killQemu(FaultyLab lab) throws IOException {
        long pid = Long.parseLong(
                Files.readString(Path.of("/run/libvirt/qemu", lab.node().domain() + ".pid"))
                        .strip());
        ProcessHandle.of(pid).orElseThrow().destroyForcibly();
    }
}

package vmlab.phase;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import vmlab.boot.BootConfig;
import vmlab.host.Ext4;
import vmlab.host.Hypervisor;
import vmlab.image.BootImage;
import vmlab.image.Images;
import vmlab.run.Run;
import vmlab.spec.Bytes;
import vmlab.ssh.KeyFiles;

/** {@code FaultBench HOME CACHE OUT [FAULT…]}: makes each fault for real, two at a time, and writes the verdicts. Runs inside the embedded host. */
final class FaultBench {

    private FaultBench() {}

    public static void main(String[] arguments) throws Exception {
        Path home = Path.of(arguments[0]);
        List<String> only = List.of(arguments).subList(3, arguments.length);
        List<FaultyLab.Verdict> verdicts = new ArrayList<>();
        try (Hypervisor hypervisor = Hypervisor.connect("qemu:///system");
                var workers = Executors.newFixedThreadPool(2)) {
            Site site = new Site(hypervisor, home, true);
            BootImage whole = new Images(Path.of(arguments[1]), false)
                    .resolve(Path.of("images/debian-standin.yaml"), new Run(event -> {}));
            List<Future<FaultyLab.Verdict>> running = new ArrayList<>();
            int number = 1;
            for (Fault fault : faults()) {
                int network = number++;
                if (only.isEmpty() || only.contains(fault.id())) {
                    running.add(workers.submit(attempt(fault, site, home, whole, network)));
                }
            }
            for (Future<FaultyLab.Verdict> one : running) {
                verdicts.add(one.get());
                System.err.println(verdicts.getLast());
            }
        }
        Files.writeString(Path.of(arguments[2]), FaultyLab.json(verdicts));
        System.exit(0);
    }

    private static Callable<FaultyLab.Verdict> attempt(Fault fault, Site site, Path home, BootImage whole, int number) {
        return () -> {
            try {
                return new FaultyLab(site, home, whole, fault).run(number);
            } catch (Exception error) {
                return new FaultyLab.Verdict(fault.id(), "bench failed", String.valueOf(error), 0, 0);
            }
        };
    }

    static List<Fault> faults() {
        return List.of(
                Fault.pxe("no-dhcp").network(xml -> xml.replaceAll("(?s)<dhcp>.*</dhcp>", "")),
                Fault.pxe("foreign-dhcp").network(xml -> xml.replaceAll("(?s)<host .*?/>", "")
                        .replaceAll(
                                "(<range start='[0-9.]+)\\.[0-9]+' end='([0-9.]+)\\.[0-9]+'", "$1.100' end='$2.120'")),
                Fault.pxe("not-in-boot-config").config(FaultBench::otherMac),
                Fault.pxe("boot-server-away").withoutBootServer(),
                Fault.pxe("kernel-missing").image(folder -> Files.delete(folder.resolve("vmlinuz"))),
                Fault.pxe("kernel-damaged").image(folder -> truncate(folder, "vmlinuz", 2)),
                Fault.pxe("initrd-missing").image(folder -> Files.delete(folder.resolve("initrd"))),
                Fault.pxe("no-nic-boot")
                        .machine(lab -> lab.redefineMachine(
                                xml -> xml.replaceFirst("(<model type='virtio'/>)", "$1<rom enabled='no'/>"))),
                Fault.direct("initrd-damaged").image(folder -> truncate(folder, "initrd", 2)),
                Fault.direct("root-not-mounted").image(FaultBench::emptyInitrd),
                Fault.direct("squashfs-missing").image(folder -> Files.delete(folder.resolve("root.squashfs"))),
                Fault.direct("squashfs-altered").image(FaultBench::noSquashfs),
                Fault.direct("init-missing").image(FaultBench::emptyRoot),
                Fault.direct("too-little-memory")
                        .machine(lab -> lab.redefineMachine(
                                xml -> xml.replaceAll("(<(?:currentM|m)emory[^>]*>)[0-9]+<", "$1262144<"))),
                Fault.direct("no-network-card")
                        .machine(lab -> lab.redefineMachine(
                                xml -> xml.replaceFirst("<model type='virtio'/>", "<model type='e1000'/>"))),
                Fault.direct("no-dhcp")
                        .named("no-dhcp-direct")
                        .network(xml -> xml.replaceAll("(?s)<dhcp>.*</dhcp>", "")),
                Fault.direct("state-disk-missing")
                        .disks(lab -> blank(lab.folder().stateDisk("n"))),
                Fault.direct("state-disk-corrupt")
                        .disks(lab -> spoil(lab.folder().stateDisk("n"))),
                Fault.direct("state-disk-full")
                        .disks(lab -> Ext4.make(
                                fresh(lab.folder().stateDisk("n")), Bytes.mib(16), "state", Optional.empty())),
                Fault.direct("config-disk-missing")
                        .disks(lab -> blank(lab.folder().configDisk("n"))),
                Fault.direct("host-key-differs").disks(FaultBench::otherHostKey),
                Fault.direct("switched-off")
                        .machine(lab -> virsh("destroy", lab.node().domain())),
                Fault.direct("qemu-crashed").machine(FaultBench::killQemu),
                Fault.direct("clock-skew")
                        .machine(lab -> lab.redefineMachine(xml -> xml.replaceFirst(
                                "<clock offset='utc'/>",
                                "<clock offset='variable' adjustment='-90000' basis='utc'/>"))),
                Fault.direct("k0s-not-executable")
                        .image(FaultBench::rootWithoutK0s)
                        .untilK0s(),
                Fault.direct("k0s-config-refused")
                        .memory("2GiB")
                        .yaml("k0s: {config: {network: {podCIDR: nonsense}}}")
                        .untilK0s());
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
                config.controllers());
    }

    private static void truncate(Path folder, String name, int part) throws IOException {
        byte[] all = Files.readAllBytes(folder.resolve(name));
        Files.delete(folder.resolve(name));
        Files.write(folder.resolve(name), java.util.Arrays.copyOf(all, all.length / part));
    }

    private static void emptyInitrd(Path folder) throws IOException, InterruptedException {
        Files.delete(folder.resolve("initrd"));
        sh("cd '%s' && mkdir e && cd e && echo . | cpio --quiet -o -H newc | gzip >../initrd".formatted(folder));
    }

    private static void noSquashfs(Path folder) throws IOException {
        Files.delete(folder.resolve("root.squashfs"));
        Files.writeString(folder.resolve("root.squashfs"), "this was a root file system\n".repeat(100_000));
    }

    private static void emptyRoot(Path folder) throws IOException, InterruptedException {
        Files.delete(folder.resolve("root.squashfs"));
        sh(
                "cd '%s' && mkdir -p r/usr r/proc r/sys r/dev r/run r/tmp && mksquashfs r root.squashfs -quiet -no-progress >/dev/null"
                        .formatted(folder));
    }

    private static void rootWithoutK0s(Path folder) throws IOException, InterruptedException {
        sh(
                ("cd '%s' && unsquashfs -q -n -d k -excludes root.squashfs usr/share/k0s usr/bin/k0s >/dev/null; mkdir -p k/usr/share/k0s/images"
                                + " && echo no program >k/usr/bin/k0s && chmod 0644 k/usr/bin/k0s && rm root.squashfs"
                                + " && mksquashfs k root.squashfs -comp gzip -Xcompression-level 1 -quiet -no-progress >/dev/null && rm -rf k")
                        .formatted(folder));
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

    private static void virsh(String... arguments) throws IOException, InterruptedException {
        sh("virsh -q -c qemu:///system " + String.join(" ", arguments));
    }

    private static void sh(String command) throws IOException, InterruptedException {
        Process shell = new ProcessBuilder("sh", "-c", command).inheritIO().start();
        if (shell.waitFor() != 0) {
            throw new IOException("failed: " + command);
        }
    }
}

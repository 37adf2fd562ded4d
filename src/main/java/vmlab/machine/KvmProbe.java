package vmlab.machine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import vmlab.plan.Accelerator;
import vmlab.run.Environment;
import vmlab.run.LabFailure;
import vmlab.spec.Accel;

/**
 * Finds out whether KVM works by running a guest of three instructions under it: a /dev/kvm that opens can still be unusable, for instance
 * inside another virtual machine.
 */
public final class KvmProbe {

    /** What was found, and the evidence. */
    public record Verdict(boolean usable, String evidence) {}

    /** A guest that writes 0x10 to port 0xf4, where isa-debug-exit ends QEMU with status 2 * 0x10 + 1. */
    private static final byte[] BOOT_SECTOR_CODE = {
        (byte) 0xB0, 0x10, (byte) 0xE6, (byte) 0xF4, (byte) 0xEB, (byte) 0xFE
    };

    private static final int EXPECTED_STATUS = 0x21;
    private static final int LIMIT_SECONDS = 5;
    private static final Path DEVICE = Path.of("/dev/kvm");
    private static final String QEMU = "qemu-system-x86_64";

    private KvmProbe() {}

    /** The accelerator for what the user asked for; {@code auto} takes KVM only where it was seen working. */
    public static Accelerator choose(Accel wanted) throws InterruptedException {
        return choose(wanted, DEVICE, QEMU);
    }

    static Accelerator choose(Accel wanted, Path device, String qemu) throws InterruptedException {
        return switch (wanted) {
            case TCG -> Accelerator.TCG;
            case AUTO -> run(device, qemu).usable() ? Accelerator.KVM : Accelerator.TCG;
            case KVM -> {
                Verdict verdict = run(device, qemu);
                if (!verdict.usable()) {
                    throw LabFailure.machine(
                            "KVM cannot be used, and cluster.yaml says accel: kvm",
                            verdict.evidence(),
                            "write accel: auto to run under emulation here, or switch on virtualisation in the firmware"
                                    + " (inside a virtual machine: nested virtualisation on its host)");
                }
                yield Accelerator.KVM;
            }
        };
    }

    /** Runs the probe: some milliseconds where KVM works or is absent, at most five seconds where it hangs. */
    public static Verdict run() throws InterruptedException {
        return run(DEVICE, QEMU);
    }

    private static Verdict run(Path device, String qemu) throws InterruptedException {
        if (!Files.exists(device)) {
            return new Verdict(false, device + " does not exist");
        }
        if (!Files.isReadable(device) || !Files.isWritable(device)) {
            return new Verdict(false, device + " may not be opened by this user (join the group kvm)");
        }
        try {
            Path sector = Files.createTempFile("lab-kvm-probe", ".img");
            try {
                return runGuest(qemu, sector);
            } finally {
                Files.deleteIfExists(sector);
            }
        } catch (IOException error) {
            return new Verdict(false, "the probe could not run: " + error.getMessage());
        }
    }

    private static Verdict runGuest(String program, Path sector) throws IOException, InterruptedException {
        byte[] image = new byte[512];
        System.arraycopy(BOOT_SECTOR_CODE, 0, image, 0, BOOT_SECTOR_CODE.length);
        image[510] = 0x55;
        image[511] = (byte) 0xAA;
        Files.write(sector, image);
        Process qemu = Environment.process(List.of(
                        program,
                        "-accel",
                        "kvm",
                        "-machine",
                        "q35",
                        "-cpu",
                        "host",
                        "-m",
                        "64",
                        "-display",
                        "none",
                        "-nodefaults",
                        "-no-user-config",
                        "-drive",
                        "file=" + sector.toString().replace(",", ",,") + ",format=raw,if=ide,snapshot=on",
                        "-device",
                        "isa-debug-exit,iobase=0xf4,iosize=0x04"))
                .redirectErrorStream(true)
                .start();
        try {
            if (!qemu.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
                return new Verdict(false, "a guest of three instructions did not end within " + LIMIT_SECONDS + " s");
            }
            if (qemu.exitValue() == EXPECTED_STATUS) {
                return new Verdict(true, "a guest ran and ended as it should");
            }
            String said = new String(qemu.getInputStream().readAllBytes())
                    .strip()
                    .lines()
                    .findFirst()
                    .orElse("nothing");
            return new Verdict(false, "QEMU ended with status " + qemu.exitValue() + " and said: " + said);
        } finally {
            qemu.destroyForcibly();
        }
    }
}

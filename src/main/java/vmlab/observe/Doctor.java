package vmlab.observe;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import vmlab.engine.Engine;
import vmlab.machine.Calibration;
import vmlab.machine.KvmProbe;
import vmlab.machine.Machine;
import vmlab.plan.Plan;
import vmlab.run.LabFailure;
import vmlab.site.TemporaryMemory;
import vmlab.site.WayOut;

/** Looks at everything that lab needs of this machine, and says for each what it saw. */
public final class Doctor {

    /**
     * One thing looked at.
     *
     * @param next what to do about it; empty when it is well
     */
    public record Finding(String subject, boolean well, String evidence, String next) {}

    private static final List<String> TOOLS =
            List.of("qemu-system-x86_64", "mke2fs", "mmdebstrap", "mksquashfs", "ssh", "virsh", "setsid");

    private Doctor() {}

    /**
     * Where labs would be.
     *
     * @param engine the one to ask; empty where labs would get an embedded one that does not run yet
     * @param why it is that one
     * @param isOwn whether it is in the embedded host, whose network and ports are its own
     */
    public record Place(Optional<Supplier<Engine>> engine, String why, boolean isOwn) {}

    /**
     * All findings.
     *
     * @param wayOut of the embedded host, where this is asked inside of it
     */
    public static List<Finding> examine(Place place, Optional<WayOut> wayOut, Path home, Calibration calibration)
            throws InterruptedException {
        List<Finding> findings = new ArrayList<>();
        findings.add(new Finding("java", true, Runtime.version().toString(), ""));
        TOOLS.forEach(tool -> findings.add(tool(tool)));
        findings.add(libvirt(place));
        boolean isStock = place.engine().isPresent() && !place.isOwn();
        if (isStock) {
            findings.add(bootServer());
            Firewall.installed().look().ifPresent(findings::add);
        }
        wayOut.map(Doctor::wayOut)
                .or(() -> place.engine().isPresent() ? Optional.empty() : Optional.of(tool("pasta")))
                .ifPresent(findings::add);
        KvmProbe.Verdict kvm = KvmProbe.run();
        findings.add(accelerator(kvm));
        if (!kvm.usable()) {
            findings.add(new Finding("emulation", true, calibration.speed().evidence(), ""));
        }
        findings.add(new Finding("memory", true, Machine.availableMemory() + " can be given to nodes", ""));
        findings.add(new Finding(
                "golden labs", true, isStock ? "only in the embedded host" : TemporaryMemory.evidence(home), ""));
        findings.add(new Finding("disk", true, Machine.freeDisk(home) + " free for " + home, ""));
        return findings;
    }

    private static Finding tool(String name) {
        boolean found = Machine.isInstalled(name);
        return new Finding(
                name, found, found ? "is installed" : "is not installed", found ? "" : "scripts/setup installs it");
    }

    private static Finding libvirt(Place place) {
        if (place.engine().isEmpty()) {
            return new Finding("libvirt", true, "labs get a private one (embedded): " + place.why(), "");
        }
        try (Engine engine = place.engine().get().get()) {
            String evidence = (place.isOwn() ? "a private one (embedded)" : engine.uri()) + ": "
                    + String.join(", ", engine.versions());
            return new Finding("libvirt", true, evidence + "; " + place.why(), "");
        } catch (LabFailure failure) {
            return new Finding("libvirt", false, failure.why(), failure.next());
        }
    }

    private static Finding bootServer() {
        int port = Machine.freePort(Plan.BOOT_PORT);
        String taken = port == Plan.BOOT_PORT ? "" : ": another program listens at " + Plan.BOOT_PORT;
        return new Finding("boot server", true, "new labs' listens at port " + port + taken, "");
    }

    /** A machine that is connected to nothing is well all the same. */
    private static Finding wayOut(WayOut out) {
        if (out.isOpen()) {
            return new Finding("way out", true, "pasta leads nodes with mode: nat out", "");
        }
        String why = out.whyClosed().orElse("pasta does not run");
        boolean isOffline = WayOut.isOffline(why);
        return new Finding(
                "way out", isOffline, why, isOffline ? "" : "scripts/setup installs pasta; see " + out.log());
    }

    private static Finding accelerator(KvmProbe.Verdict verdict) {
        return new Finding(
                "accelerator",
                true,
                verdict.usable()
                        ? "accel: auto takes KVM: " + verdict.evidence()
                        : "accel: auto takes TCG (emulation), since KVM cannot be used: " + verdict.evidence(),
                "");
    }
}

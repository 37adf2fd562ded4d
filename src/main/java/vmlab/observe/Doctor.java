package vmlab.observe;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import vmlab.engine.Engine;
import vmlab.engine.Requirement;
import vmlab.machine.Calibration;
import vmlab.machine.KvmProbe;
import vmlab.machine.Machine;
import vmlab.plan.Plan;
import vmlab.run.LabFailure;
import vmlab.site.TemporaryMemory;
import vmlab.site.WayOut;

/** Looks at everything that lab needs of this machine, and says for each what it saw. */
public final class Doctor {

    private static final List<String> TOOLS =
            List.of("qemu-system-x86_64", "mke2fs", "mmdebstrap", "mksquashfs", "xz", "ssh", "virsh", "setsid");

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
    public static List<Requirement> examine(Place place, Optional<WayOut> wayOut, Path home, Calibration calibration)
            throws InterruptedException {
        List<Requirement> findings = new ArrayList<>();
        findings.add(new Requirement("java", true, Runtime.version().toString(), ""));
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
            findings.add(new Requirement("emulation", true, calibration.speed().evidence(), ""));
        }
        findings.add(new Requirement("memory", true, Machine.availableMemory() + " can be given to nodes", ""));
        findings.add(new Requirement(
                "golden labs", true, isStock ? "only in the embedded host" : TemporaryMemory.evidence(home), ""));
        findings.add(new Requirement(
                "stand-in",
                true,
                Machine.isInstalled("go")
                        ? "Go is installed, which builds it"
                        : "is built with Go (apt install golang-go), and only images that name it need it",
                ""));
        findings.add(new Requirement("disk", true, Machine.freeDisk(home) + " free for " + home, ""));
        return findings;
    }

    private static Requirement tool(String name) {
        boolean found = Machine.isInstalled(name);
        return new Requirement(
                name, found, found ? "is installed" : "is not installed", found ? "" : "scripts/setup installs it");
    }

    private static Requirement libvirt(Place place) {
        if (place.engine().isEmpty()) {
            return new Requirement(
                    "libvirt", true, "labs get one of their own in the embedded host: " + place.why(), "");
        }
        try (Engine engine = place.engine().get().get()) {
            String evidence =
                    (place.isOwn() ? "embedded host" : engine.uri()) + ": " + String.join(", ", engine.versions());
            return new Requirement("libvirt", true, evidence + "; " + place.why(), "");
        } catch (LabFailure failure) {
            return new Requirement("libvirt", false, failure.why(), failure.next());
        }
    }

    private static Requirement bootServer() {
        int port = Machine.freePort(Plan.BOOT_PORT);
        String taken = port == Plan.BOOT_PORT ? "" : ": another program listens at " + Plan.BOOT_PORT;
        return new Requirement("boot server", true, "new labs' listens at port " + port + taken, "");
    }

    /** A machine that is connected to nothing is well all the same. */
    private static Requirement wayOut(WayOut out) {
        if (out.isOpen()) {
            return new Requirement("way out", true, "pasta leads nodes with mode: nat out", "");
        }
        String why = out.whyClosed().orElse("pasta does not run");
        boolean isOffline = WayOut.isOffline(why);
        return new Requirement(
                "way out", isOffline, why, isOffline ? "" : "scripts/setup installs pasta; see " + out.log());
    }

    private static Requirement accelerator(KvmProbe.Verdict verdict) {
        return new Requirement(
                "accelerator",
                true,
                verdict.usable()
                        ? "accel: auto takes KVM: " + verdict.evidence()
                        : "accel: auto takes TCG (emulation), since KVM cannot be used: " + verdict.evidence(),
                "");
    }
}

package vmlab.make;

import java.util.List;
import java.util.Optional;
import vmlab.boot.BootConfig;
import vmlab.boot.BootProcess;
import vmlab.boot.GitSource;
import vmlab.boot.TftpFiles;
import vmlab.engine.Gateways;
import vmlab.plan.LabFolder;
import vmlab.plan.Plan;
import vmlab.run.Phase;
import vmlab.run.PhaseName;
import vmlab.run.Reading;
import vmlab.run.Run;
import vmlab.site.Site;
import vmlab.spec.Cluster;
import vmlab.spec.Forwarding;
import vmlab.spec.Network;
import vmlab.spec.PodImages;
import vmlab.spec.Provision;
import vmlab.spec.Storage;

/** Starts the boot server, which outlives this command and ends with the lab: a process of this machine's, or the engine's gateway. */
public final class ServeBoot implements Phase<Bootable, Bootable> {

    private final Site site;

    /** The phase on {@code site}. */
    public ServeBoot(Site site) {
        this.site = site;
    }

    @Override
    public String name() {
        return PhaseName.BOOT.toString();
    }

    @Override
    public String doing() {
        return "serve kernel, initrd and squashfs on the lab's bridge";
    }

    @Override
    public Bootable run(Bootable lab, Run run) throws InterruptedException {
        LabFolder folder = site.folder(lab.plan().lab());
        String commit = snapshot(lab.plan(), folder);
        ServiceEdits.of(lab.plan().cluster(), folder).forEach(edit -> run.note(edit.text()));
        BootConfig wanted = config(lab, folder);
        serveTftp(wanted);
        run.result((serve(folder, wanted, run) ? wanted.url() : "unchanged") + commit);
        return lab;
    }

    /** Serves each node the image that it boots by what libvirt says of it now: at its restart one may have got another. */
    public void serveWhatNodesBoot(Bootable lab, Run run) throws InterruptedException {
        LabFolder folder = site.folder(lab.plan().lab());
        BootConfig wanted = config(lab.seeing(site.everything(lab.plan().lab())), folder);
        serveTftp(wanted);
        serve(folder, wanted, run);
    }

    /** Lays out again what was served last over TFTP, where it was cleaned up while the lab was off: dnsmasq does not start without it. */
    public void resumeTftp(LabFolder folder) {
        serveTftp(BootConfig.read(folder.bootConfig()));
    }

    /** Serves again what was served last, where the process ended with the machine that it ran on. */
    public void resume(LabFolder folder, Run run) throws InterruptedException {
        serve(folder, BootConfig.read(folder.bootConfig()), run);
    }

    private void serveTftp(BootConfig wanted) {
        TftpFiles.serve(wanted, site.tftp(wanted.lab()));
    }

    /** Whether anything of it is new. */
    private boolean serve(LabFolder folder, BootConfig wanted, Run run) throws InterruptedException {
        Optional<Gateways> gateways = site.engine().gateways();
        return gateways.isPresent()
                ? new GatewayServer(gateways.get(), site.program()).serve(folder, wanted, run)
                : new LabProcess(site.program(), "the boot server").start(folder, wanted, () -> look(wanted), run);
    }

    private static Reading<String> look(BootConfig wanted) {
        return BootProcess.health(wanted.url())
                .<Reading<String>>map(Reading.Ready::new)
                .orElseGet(() -> new Reading.NotYet<>("it does not answer at " + wanted.url()));
    }

    /** What nodes provision themselves from, as it is now, where it lies on this machine. */
    private static String snapshot(Plan plan, LabFolder folder) throws InterruptedException {
        Optional<Provision> local = plan.cluster().provision().filter(Provision::isLocal);
        return local.isEmpty() ? "" : ", git at " + GitSource.of(local.get()).snapshot(folder.repository());
    }

    /** The boot server's process of the lab in this folder. */
    public static BootProcess process(LabFolder folder) {
        return new BootProcess(folder.bootConfig(), folder.bootPid(), folder.bootLog());
    }

    /** What the boot server of {@code lab} is to serve. */
    public BootConfig config(Bootable lab, LabFolder folder) {
        Plan plan = lab.plan();
        return new BootConfig(
                plan.lab(),
                plan.network().gateway().getHostAddress(),
                plan.network().bootPort(),
                plan.nodes().stream()
                        .map(n -> new BootConfig.Client(
                                n.name(),
                                n.mac(),
                                n.address().getHostAddress(),
                                lab.image(n).folder().toString(),
                                n.spec().boot().toString(),
                                lab.kernelLine(lab.image(n))))
                        .toList(),
                folder.events().toString(),
                site.embedded() ? folder.apiSocket().toString() : "",
                plan.api().getHostAddress(),
                plan.hasSeveralControllers()
                        ? plan.controllers().stream()
                                .map(n -> n.address().getHostAddress())
                                .toList()
                        : List.of(),
                plan.cluster().ports().stream().map(Forwarding::toString).toList(),
                plan.cluster().storage() == Storage.LOCAL,
                pulls(plan.cluster()));
    }

    /** Whether what nodes ask for is pulled from its registry. */
    static boolean pulls(Cluster cluster) {
        return cluster.podImages().pull() == PodImages.Pull.MISSING
                && cluster.network().mode() == Network.Mode.NAT;
    }
}

package vmlab.site;

import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import vmlab.engine.Engine;
import vmlab.kube.Kubeconfig;
import vmlab.machine.Calibration;
import vmlab.machine.EmulationSpeed;
import vmlab.machine.Machine;
import vmlab.plan.Accelerator;
import vmlab.plan.Inventory;
import vmlab.plan.LabFolder;
import vmlab.plan.Mark;
import vmlab.plan.NodePlan;
import vmlab.run.Executable;
import vmlab.run.Pace;
import vmlab.spec.Bytes;

/**
 * Where labs are built: an engine, a folder and a machine of some speed.
 *
 * @param home the folder that holds every lab's own folder ({@code $LAB_HOME})
 * @param embedded whether this libvirt is a private one in namespaces of our own, out of the reach of the user's shell
 * @param calibration tells the speed
 * @param program what is started for each lab as its boot server: lab itself
 * @param sshPort where sshd listens on each node
 */
public record Site(
        Engine engine, Path home, boolean embedded, Calibration calibration, Executable program, int sshPort) {

    private static final int SSH = 22;

    /** One whose labs are served by this very program, and whose nodes have sshd where everybody has it. */
    public Site(Engine engine, Path home, boolean embedded, Calibration calibration) {
        this(engine, home, embedded, calibration, Executable.ofThisProcess(), SSH);
    }

    /** One of the usual speed. */
    public Site(Engine engine, Path home, boolean embedded) {
        this(engine, home, embedded, Calibration.of(EmulationSpeed.unknown("not asked for")));
    }

    /** The folder of one lab. */
    public LabFolder folder(String lab) {
        return LabFolder.of(home, lab);
    }

    /** The sshd of {@code node}, which has {@code address}. */
    public NodeSsh ssh(LabFolder folder, String node, String address) {
        return new Reach(folder, engine.road(folder.lab())).ssh(node, new InetSocketAddress(address, sshPort));
    }

    /** The same of a node as it is planned. */
    public NodeSsh ssh(NodePlan node, String lab) {
        return ssh(folder(lab), node.name(), node.address().getHostAddress());
    }

    /** Where to connect to from here for the sshd of a node of {@code lab} that has {@code address}. */
    InetSocketAddress sshd(String lab, String address) {
        return engine.road(lab).to(new InetSocketAddress(address, sshPort));
    }

    /** The API's port at a controller of {@code lab}. */
    public Port apiPort(String lab, NodePlan controller) {
        return new Port(engine.road(lab), new InetSocketAddress(controller.address(), Port.API));
    }

    /** The ways to {@code lab} from here. */
    public Reach reach(String lab) {
        return new Reach(folder(lab), engine.road(lab));
    }

    /** The administrator's access to the API of {@code lab}. */
    public Kubeconfig access(String lab) {
        return reach(lab).access();
    }

    /** The same as {@code direct}, which has the API's address where {@code lab} is, from here. */
    public Kubeconfig reaching(String lab, Kubeconfig direct) {
        return reach(lab).access(direct);
    }

    /** The folder with what firmware of {@code lab}, which has begun, fetches over TFTP. */
    public Path tftp(String lab) {
        return embedded ? folder(lab).tftp() : TftpFolder.of(identity(lab).orElseThrow());
    }

    /** The embedded host's way out. */
    public WayOut wayOut() {
        return WayOut.of(home);
    }

    /**
     * The folder in which machines of {@code lab} have their memory as files; empty where there is no room for {@code size}. Only QEMU of
     * the embedded host is known to be let in there.
     */
    public Optional<Path> memory(String lab, Bytes size) {
        Optional<Path> folder =
                identity(lab).flatMap(its -> TemporaryMemory.of(home).map(root -> root.resolve(its.id())));
        return embedded ? folder.filter(path -> Files.exists(path) || TemporaryMemory.hasRoom(size)) : Optional.empty();
    }

    /** The same, where so much more is free there. */
    public Optional<Path> spareMemory(String lab, Bytes size) {
        return memory(lab, size)
                .filter(folder -> TemporaryMemory.hasRoom(size)
                        && Machine.availableMemory().compareTo(size) >= 0);
    }

    /** How long one waits for machines that {@code accelerator} executes: the limits were chosen under emulation, which KVM outruns. */
    public Pace pace(Accelerator accelerator) throws InterruptedException {
        return accelerator == Accelerator.TCG ? calibration.speed().pace() : Pace.USUAL;
    }

    /** How long one waits for the machines of a lab that is there. */
    public Pace pace(String lab) throws InterruptedException {
        var machines = inventory(lab).domains();
        return machines.isEmpty() ? Pace.USUAL : pace(machines.getFirst().accelerator());
    }

    /** This libvirt, as {@code --connect} names it. */
    public String uri() {
        return embedded ? Identity.EMBEDDED : engine.uri();
    }

    /** Who {@code lab} is; empty where none began. One whose machines are at another hypervisor is refused. */
    public Optional<Identity> identity(String lab) {
        Optional<Identity> identity = Identity.read(folder(lab));
        identity.filter(it -> !it.uri().equals(uri())).ifPresent(it -> {
            throw it.elsewhere(uri());
        });
        return identity;
    }

    /** The mark of what is made for a lab: a network where no node is named. Who the lab is gets written first. */
    public Mark mark(String lab, String node, String hash) {
        Identity identity = identity(lab).orElseGet(() -> {
            Identity begun = Identity.begin(lab, home, uri(), Clock.systemUTC());
            begun.write(folder(lab));
            return begun;
        });
        return identity.mark(node, hash);
    }

    /** What libvirt has of {@code lab}. What another has there under that name is refused. */
    public Inventory inventory(String lab) {
        return everything(lab).of(lab);
    }

    /** What libvirt has of all labs. What another has there under the name of {@code lab} is refused. */
    public Inventory everything(String lab) {
        Optional<Identity> identity = identity(lab);
        Inventory everything = engine.inventory();
        everything
                .marks(lab)
                .filter(mark -> !LabState.isOf(identity, home, mark))
                .findFirst()
                .ifPresent(mark -> {
                    throw Anothers.refusal(mark, everything.of(lab), folder(lab), uri());
                });
        return everything;
    }
}

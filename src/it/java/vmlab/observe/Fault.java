package vmlab.observe;

import java.io.IOException;
import java.nio.file.Path;
import java.util.function.UnaryOperator;
import vmlab.boot.BootConfig;

/**
 * One thing that is wrong.
 *
 * @param id its name, and that of the lab
 * @param expected the cause that a diagnosis must name
 * @param boot how the node starts, as cluster.yaml has it
 * @param more further lines of cluster.yaml
 * @param image what is done to the image
 * @param rebuilt whether the image is whole by its own account: it goes by the sums of what is in it now
 * @param disks what is done to the lab's files before the network is there
 * @param network the network's description as it should be
 * @param config the boot server's list as it should be
 * @param serves whether the boot server runs
 * @param machine what is done to the machine once it runs
 */
record Fault(
        String id,
        String expected,
        String boot,
        String memory,
        String more,
        InImage image,
        boolean rebuilt,
        OnLab disks,
        UnaryOperator<String> network,
        UnaryOperator<BootConfig> config,
        boolean serves,
        OnLab machine,
        Wait last) {

    /** The last wait that is made. */
    enum Wait {
        SSH,
        K0S
    }

    interface InImage {
        void in(Path folder) throws IOException, InterruptedException;
    }

    interface OnLab {
        void on(FaultyLab lab) throws IOException, InterruptedException;
    }

    static Fault direct(String expected) {
        return of(expected, "direct");
    }

    static Fault pxe(String expected) {
        return of(expected, "pxe");
    }

    private static Fault of(String expected, String boot) {
        return new Fault(
                expected,
                expected,
                boot,
                "1536MiB",
                "",
                folder -> {},
                false,
                lab -> {},
                x -> x,
                c -> c,
                true,
                lab -> {},
                Wait.SSH);
    }

    Fault named(String name) {
        return new Fault(
                name, expected, boot, memory, more, image, rebuilt, disks, network, config, serves, machine, last);
    }

    Fault yaml(String lines) {
        return new Fault(
                id, expected, boot, memory, lines, image, rebuilt, disks, network, config, serves, machine, last);
    }

    Fault image(InImage other) {
        return new Fault(
                id, expected, boot, memory, more, other, rebuilt, disks, network, config, serves, machine, last);
    }

    Fault builtThatWay() {
        return new Fault(id, expected, boot, memory, more, image, true, disks, network, config, serves, machine, last);
    }

    Fault disks(OnLab other) {
        return new Fault(
                id, expected, boot, memory, more, image, rebuilt, other, network, config, serves, machine, last);
    }

    Fault network(UnaryOperator<String> other) {
        return new Fault(id, expected, boot, memory, more, image, rebuilt, disks, other, config, serves, machine, last);
    }

    Fault config(UnaryOperator<BootConfig> other) {
        return new Fault(
                id, expected, boot, memory, more, image, rebuilt, disks, network, other, serves, machine, last);
    }

    Fault withoutBootServer() {
        return new Fault(
                id, expected, boot, memory, more, image, rebuilt, disks, network, config, false, machine, last);
    }

    Fault machine(OnLab other) {
        return new Fault(id, expected, boot, memory, more, image, rebuilt, disks, network, config, serves, other, last);
    }

    Fault untilK0s() {
        return new Fault(
                id, expected, boot, memory, more, image, rebuilt, disks, network, config, serves, machine, Wait.K0S);
    }
}

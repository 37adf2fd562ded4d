package vmlab.fault;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import vmlab.run.Environment;
import vmlab.run.LabFailure;
import vmlab.run.Program;

/** What this machine's kernel does to frames, asked by the programs that come with it: {@code nft} and {@code tc}. */
final class Kernel {

    private static final Duration LIMIT = Duration.ofSeconds(20);

    private Kernel() {}

    /** The faults of all devices in a table. */
    static Map<String, Faults> faults(NftTable table) throws InterruptedException {
        Program.Said said = run("", "nft", "-j", "list", "table", "netdev", table.name());
        return said.isWell() ? NftTable.read(said.text()) : Map.of();
    }

    static void load(String script) throws InterruptedException {
        Program.Said said = run(script, "nft", "-f", "-");
        if (!said.isWell()) {
            throw LabFailure.machine(
                    "this machine's kernel takes no such fault",
                    said.text().lines().findFirst().orElse("nft said nothing"),
                    "it wants nftables with its netdev family and egress hook, Linux 5.16, and the right to set them");
        }
    }

    /** Removes a table; one that is not there, or a machine without nft, is fine. */
    static void remove(NftTable table) throws InterruptedException {
        try {
            run("", "nft", "delete", "table", "netdev", table.name());
        } catch (LabFailure none) {
            // Nothing was ever set then.
        }
    }

    /** How long the frames to this device's card are held back; empty where they are not. */
    static Optional<String> delay(String device) throws InterruptedException {
        List<String> words =
                List.of(run("", "tc", "qdisc", "show", "dev", device).text().split("\\s+"));
        return words.contains("netem") && words.contains("delay")
                ? Optional.of(words.get(words.indexOf("delay") + 1))
                : Optional.empty();
    }

    static void delay(String device, Duration delay) throws InterruptedException {
        Program.Said said =
                run("", "tc", "qdisc", "replace", "dev", device, "root", "netem", "delay", delay.toMillis() + "ms");
        if (!said.isWell()) {
            throw LabFailure.machine(
                    "this machine's kernel can't delay frames",
                    "it has no netem: " + said.text().lines().findFirst().orElse(""),
                    "modprobe sch_netem, or a kernel that has it; inside a node, tc may have it: lab ssh LAB NODE -- tc qdisc"
                            + " add dev eth0 root netem delay " + delay.toMillis() + "ms");
        }
    }

    static void endDelay(String device) throws InterruptedException {
        if (delay(device).isPresent()) {
            run("", "tc", "qdisc", "del", "dev", device, "root");
        }
    }

    private static Program.Said run(String input, String... command) throws InterruptedException {
        List<String> words = new ArrayList<>(List.of(command));
        try {
            return new Program(Environment.process(words), LIMIT).run(input);
        } catch (IOException missing) {
            throw LabFailure.machine(
                    words.getFirst() + " could not be run",
                    String.valueOf(missing.getMessage()),
                    "install nftables and iproute2; scripts/setup does");
        }
    }
}

package vmlab.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import vmlab.machine.Needs;
import vmlab.run.Environment;

/** What faults do to frames: with the real kernel, between namespaces of the test's own. */
@Execution(ExecutionMode.CONCURRENT)
class LinkFaultsTest {

    private static final NftTable TABLE = NftTable.of("demo");

    private static final Map<String, List<String>> MACS = Map.of("b", List.of("52:54:00:00:00:02"));

    @TempDir
    private Path folder;

    @Test
    void framesAreLostSlowedAndPartedInBothDirectionsAndWellAgainAfterwards() throws IOException, InterruptedException {
        Needs.programs("nft", "ip", "unshare", "busybox");
        Path script = Path.of("src/test/resources/vmlab/fault/links.sh").toAbsolutePath();
        List<String> command =
                new ArrayList<>(List.of("unshare", "--net", "--map-root-user", "bash", script.toString()));
        command.add(file("parted", new Faults(Optional.empty(), Optional.empty(), new TreeSet<>(List.of("b")))));
        command.add(file("lossy", of(Loss.parse("40%"), null)));
        command.add(file("slow", of(null, Rate.parse("64kbit"))));
        command.add(file("mute", of(Loss.parse("100%"), null)));
        command.add(file("well", Faults.NONE));
        Path said = folder.resolve("said");

        Process process = Environment.process(command)
                .redirectErrorStream(true)
                .redirectOutput(said.toFile())
                .start();
        process.waitFor();

        String all = Files.readString(said);
        assertThat(answered(all, "none")).containsExactly(40, 40, 40, 40);
        assertThat(answered(all, "parted")).as(all).containsExactly(0, 40, 40, 40);
        // Of 40 at least 36 would be lost, or at most 4, less than once in a million runs.
        assertThat(answered(all, "lossy").subList(0, 2)).as(all).allMatch(count -> count > 0 && count < 36);
        assertThat(answered(all, "lossy").get(2)).as(all).isEqualTo(40);
        assertThat(answered(all, "slow").subList(0, 3)).as(all).containsExactly(40, 40, 40);
        assertThat(answered(all, "slow").get(3)).as(all).isLessThan(40);
        assertThat(answered(all, "mute")).as(all).containsExactly(0, 0, 40, 0);
        assertThat(answered(all, "well")).as(all).containsExactly(40, 40, 40, 40);
        assertThat(NftTable.read(all.substring(all.indexOf("{\"nftables\""))))
                .as(all)
                .isEmpty();
    }

    private static Faults of(Loss loss, Rate rate) {
        return new Faults(Optional.ofNullable(loss), Optional.ofNullable(rate), new TreeSet<>());
    }

    private String file(String name, Faults faults) throws IOException {
        return Files.writeString(folder.resolve(name), TABLE.script("card-a", faults, MACS))
                .toString();
    }

    private static List<Integer> answered(String all, String name) {
        String line =
                all.lines().filter(it -> it.startsWith(name + ": ")).findFirst().orElse(name + ": " + all);
        return Stream.of(line.substring(name.length() + 2).replace("large ", "").split("\\s+"))
                .map(Integer::valueOf)
                .toList();
    }
}

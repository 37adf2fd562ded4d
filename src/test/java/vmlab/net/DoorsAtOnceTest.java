package vmlab.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The doors of two embedded hosts of one user, which share the loopback, asked for ports at the same time. */
class DoorsAtOnceTest {

    @Test
    void tenLabsInTwoHostsGetPortsOfTheirOwn(@TempDir Path folder) throws Exception {
        List<Path> doors = List.of(folder.resolve("a.sock"), folder.resolve("b.sock"));
        try (Entrance a = Door.serve(doors.get(0));
                Entrance b = Door.serve(doors.get(1));
                var threads = Executors.newFixedThreadPool(10)) {
            assertThat(a).isNotSameAs(b);
            List<Callable<Integer>> asks = new ArrayList<>();
            for (int lab = 0; lab < 10; lab++) {
                Path door = doors.get(lab % 2);
                Path target = folder.resolve("lab" + lab + ".sock");
                asks.add(() -> Door.open(door, 0, target));
            }
            List<Integer> ports = new ArrayList<>();
            for (Future<Integer> port : threads.invokeAll(asks)) {
                ports.add(port.get());
            }
            assertThat(ports).doesNotHaveDuplicates().hasSize(10);
            for (int lab = 0; lab < 10; lab++) {
                Door.close(doors.get(lab % 2), ports.get(lab));
            }
        }
    }
}

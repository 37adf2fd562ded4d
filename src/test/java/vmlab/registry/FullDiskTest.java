package vmlab.registry;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import vmlab.machine.Needs;
import vmlab.run.LabFailure;
import vmlab.run.Run;
import vmlab.spec.ImageName;

/** The store on a disk that is full: a small one, mounted in a namespace of a process of the test's own. */
@Execution(ExecutionMode.CONCURRENT)
class FullDiskTest {

    private static final Run RUN = new Run(event -> {});
    private static final ImageName SMALL = ImageName.parse("registry.example/small:1");

    @TempDir
    Path folder;

    @Test
    void anImageThatHasNoRoomIsToldSoAndOneThatIsThereCanGo() throws Exception {
        Needs.programs("unshare", "mount", "tar");
        Path small = MadeImage.of("small").layout(folder.resolve("small"), Optional.of(SMALL.toString()));
        Path large = MadeImage.tar(MadeImage.of("large ".repeat(1 << 17))
                .layout(folder.resolve("large"), Optional.of("registry.example/large:1")));
        String disk = Files.createDirectories(folder.resolve("disk")).toString();
        List<String> command = new ArrayList<>(List.of("unshare", "--map-root-user", "--mount"));
        command.addAll(List.of("sh", "-c", "mount -t tmpfs -o size=512k small \"$0\" && exec \"$@\"", disk));
        command.add(ProcessHandle.current().info().command().orElseThrow());
        command.addAll(List.of("--enable-native-access=ALL-UNNAMED", "-cp", System.getProperty("java.class.path")));
        command.addAll(List.of(FullDiskTest.class.getName(), disk, small.toString(), large.toString()));

        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(said.lines())
                .as(said)
                .contains(
                        "large: MACHINE, make room (lab images rm, lab gc), or set LAB_CACHE to a folder on a larger disk",
                        "filled: [registry.example/small:1]",
                        "removed: true []");
    }

    /** What happens on the small disk. */
    public static void main(String... arguments) throws IOException, InterruptedException {
        Path disk = Path.of(arguments[0]);
        ContainerStore store = new ContainerStore(disk);
        load(store, arguments[1]);
        try {
            load(store, arguments[2]);
        } catch (LabFailure failure) {
            System.out.println("large: " + failure.kind() + ", " + failure.next());
        }
        fill(disk.resolve("fill"));
        System.out.println("filled: " + names(store));
        System.out.println("removed: " + store.remove(SMALL, RUN) + " " + names(store));
    }

    private static void load(ContainerStore store, String path) throws InterruptedException {
        new Loading(store, Optional.empty()).load(path, InputStream.nullInputStream(), RUN);
    }

    private static void fill(Path file) {
        try (OutputStream out = Files.newOutputStream(file)) {
            while (true) {
                out.write(new byte[1 << 12]);
            }
        } catch (IOException full) {
            return;
        }
    }

    private static List<String> names(ContainerStore store) {
        return store.list().stream().map(StoredImage::name).toList();
    }
}

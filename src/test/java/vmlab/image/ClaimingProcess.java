package vmlab.image;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import vmlab.run.Run;

/** A process that claims an image of a {@link World} for one lab after the other, as an {@code up} of each would. */
final class ClaimingProcess {

    /** So many labs each. */
    static final int LABS = 50;

    private ClaimingProcess() {}

    /** Starts one; the folders of its labs begin with {@code labs}. */
    static Process start(Path world, String digest, Path labs) throws IOException {
        return new ProcessBuilder(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        ClaimingProcess.class.getName(),
                        world.toString(),
                        digest,
                        labs.toString())
                .redirectErrorStream(true)
                .start();
    }

    public static void main(String[] arguments) throws Exception {
        Path world = Path.of(arguments[0]);
        Images images = new Images(world.resolve("cache"), false, world);
        BootImage image = images.ofDigest(arguments[1]).orElseThrow();
        for (int lab = 0; lab < LABS; lab++) {
            images.claim(image, Files.createDirectories(Path.of(arguments[2] + lab)), new Run(event -> {}));
        }
    }
}

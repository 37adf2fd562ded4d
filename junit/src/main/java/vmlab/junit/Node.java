package vmlab.junit;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;

/** A node of a lab: a machine, with what happens to real ones. */
public final class Node {

    private final String lab;
    private final String name;
    private final String address;

    Node(String lab, String name, String address) {
        this.lab = lab;
        this.name = name;
        this.address = address;
    }

    /**
     * What cluster.yaml calls it.
     *
     * @return the name
     */
    public String name() {
        return name;
    }

    /**
     * Its address on the lab's first network; in the embedded host only nodes reach it.
     *
     * @return the IPv4 address
     */
    public String address() {
        return address;
    }

    /**
     * Runs a command on it as root, over SSH. Several words are joined by blanks and read by the node's shell, as with {@code ssh}.
     *
     * @param command the words
     * @return how it ended
     */
    public Exec exec(String... command) {
        List<String> words = new ArrayList<>(List.of("ssh", lab, "--node", name, "--"));
        words.addAll(List.of(command));
        return Program.run(words.toArray(String[]::new));
    }

    /** Takes its power. */
    public void cutPower() {
        power("off");
    }

    /** Gives it its power; {@link Cluster#awaitReady} waits for what comes of it. */
    public void powerOn() {
        power("on");
    }

    /** Lets its machine stand still, with all that it is in the middle of. */
    public void pause() {
        power("pause");
    }

    /** Lets it go on. */
    public void resume() {
        power("resume");
    }

    private void power(String act) {
        Program.must("power", lab, name, act);
    }

    /** Pulls its cable out of the lab's first network. */
    public void unplug() {
        link("--down");
    }

    /** Puts the cable in again. */
    public void plug() {
        link("--up");
    }

    /**
     * Lets its link to the lab's first network fail in another way.
     *
     * @param faults as {@code lab link} takes them: {@code --loss}, {@code 10%}; {@code --reset} ends all
     */
    public void link(String... faults) {
        List<String> words = new ArrayList<>(List.of("link", lab, name));
        words.addAll(List.of(faults));
        Program.must(words.toArray(String[]::new));
    }

    /**
     * Waits for a line on its serial console, from its last power-on on.
     *
     * @param regex that is found in the line
     * @param limit how long to wait
     * @return the line
     * @throws LabException where none came by then
     */
    public String awaitConsole(String regex, Duration limit) {
        Pattern wanted = Pattern.compile(regex);
        Process log = Program.start("logs", lab, "serial", "--node", name, "--follow");
        try {
            return CompletableFuture.supplyAsync(() -> find(log, wanted)).get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException late) {
            throw new LabException("timed out after " + limit.toSeconds() + " s waiting for /" + regex
                    + "/ on the console of " + name);
        } catch (ExecutionException failed) {
            throw new LabException(String.valueOf(failed.getCause().getMessage()));
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
            throw new LabException("interrupted while waiting for /" + regex + "/ on the console of " + name);
        } finally {
            log.destroy();
        }
    }

    private String find(Process log, Pattern wanted) {
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(log.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (wanted.matcher(line).find()) {
                    return line;
                }
            }
        } catch (IOException ended) {
            // Told below.
        }
        throw new LabException("the console of " + name + " can't be read any more");
    }

    /**
     * What its display shows.
     *
     * @return a PNG
     * @throws IOException where there is no room for it
     */
    public byte[] screenshot() throws IOException {
        Path file = Files.createTempFile("lab", ".png");
        try {
            Program.must("console", lab, "--node", name, "--screenshot", file.toString());
            return Files.readAllBytes(file);
        } finally {
            Files.delete(file);
        }
    }

    @Override
    public String toString() {
        return name;
    }
}

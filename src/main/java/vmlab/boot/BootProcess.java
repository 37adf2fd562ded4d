package vmlab.boot;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import vmlab.run.AtomicFile;
import vmlab.run.Environment;
import vmlab.run.Executable;

/** The boot server's process, as the commands that start, find and end it see it. */
public final class BootProcess {

    private static final String SERVE = "serve";

    private final Path config;
    private final Path pidFile;
    private final Path log;
    private Optional<ProcessHandle> started = Optional.empty();

    /** The process that serves {@code config}, with its id in {@code pidFile}. */
    public BootProcess(Path config, Path pidFile, Path log) {
        this.config = config;
        this.pidFile = pidFile;
        this.log = log;
    }

    /** Starts {@code program} as it, in a session of its own, so that no Ctrl-C of this terminal reaches it. */
    public void start(Executable program) {
        try {
            Process process = Environment.process(command(program))
                    .redirectInput(
                            ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                    .start();
            started = Optional.of(process.toHandle());
            AtomicFile.write(pidFile, process.pid() + "\n");
        } catch (IOException error) {
            throw new UncheckedIOException("the boot server could not be started", error);
        }
    }

    private List<String> command(Executable program) {
        List<String> command = new ArrayList<>(List.of("setsid"));
        command.addAll(program.words());
        command.addAll(List.of("-Xmx48m", "-Xss256k", Executable.MAIN_CLASS, SERVE, config.toString()));
        return command;
    }

    /** Whether the process lives; what it answers is another question. */
    public boolean isAlive() {
        return handle().isPresent();
    }

    /** What it says of itself, where it answers within two seconds. */
    public static Optional<String> health(String url) {
        try (HttpClient http = HttpClient.newHttpClient()) {
            var request = HttpRequest.newBuilder(URI.create(url + "/health"))
                    .timeout(Duration.ofSeconds(2))
                    .build();
            return Optional.of(http.send(request, BodyHandlers.ofString()).body());
        } catch (IOException refused) {
            return Optional.empty();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    /** Ends it, and returns when it has ended. One that is gone already is fine. */
    public void stop() {
        handle().ifPresent(process -> {
            process.destroy();
            try {
                process.onExit().get(3, TimeUnit.SECONDS);
            } catch (TimeoutException slow) {
                process.destroyForcibly();
            } catch (InterruptedException interrupted) {
                process.destroyForcibly();
                Thread.currentThread().interrupt();
            } catch (ExecutionException impossible) {
                throw new IllegalStateException(impossible);
            }
        });
    }

    /** The process that we started, or the one that another command did. */
    private Optional<ProcessHandle> handle() {
        if (started.isPresent()) {
            // Between fork and exec it does not look like ours yet.
            return started.filter(ProcessHandle::isAlive);
        }
        return noted().or(this::unnoted);
    }

    /** The one with the noted id if it is still ours: ids are used again. */
    private Optional<ProcessHandle> noted() {
        try {
            long pid = Long.parseLong(Files.readString(pidFile).strip());
            return ProcessHandle.of(pid).filter(process -> words(process).contains(config.toString()));
        } catch (NoSuchFileException | CharacterCodingException | NumberFormatException never) {
            return Optional.empty();
        } catch (IOException error) {
            throw new UncheckedIOException(error);
        }
    }

    /** One whose id nobody noted: the command that started it was killed before it could. */
    private Optional<ProcessHandle> unnoted() {
        List<String> last = List.of(Executable.MAIN_CLASS, SERVE, config.toString());
        return ProcessHandle.allProcesses()
                .filter(process -> {
                    List<String> words = words(process);
                    return words.size() > last.size()
                            && words.subList(words.size() - last.size(), words.size())
                                    .equals(last);
                })
                .findFirst();
    }

    private static List<String> words(ProcessHandle process) {
        try {
            String commandLine = Files.readString(Path.of("/proc", Long.toString(process.pid()), "cmdline"));
            return List.of(commandLine.split("\0"));
        } catch (IOException gone) {
            return List.of();
        }
    }
}

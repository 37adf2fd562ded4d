package vmlab.kube.smoke;

import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.ExecWatch;
import io.fabric8.kubernetes.client.dsl.PodResource;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/** How a command in a pod ended. */
record ExecResult(int exit, String stdout, String stderr) {

    /** How it ends within {@code limit}: starting a program in an emulated container takes seconds, under load tens of them. */
    static ExecResult of(PodResource pod, Duration limit, String... args) throws InterruptedException {
        var out = new ByteArrayOutputStream();
        var err = new ByteArrayOutputStream();
        String[] command = Stream.concat(Stream.of("/agnhost"), Stream.of(args)).toArray(String[]::new);
        try (ExecWatch watch =
                pod.withReadyWaitTimeout(0).writingOutput(out).writingError(err).exec(command)) {
            Integer exit = watch.exitCode().get(limit.toMillis(), TimeUnit.MILLISECONDS);
            if (exit == null) {
                throw new KubernetesClientException("exec: the connection closed before the exit status came");
            }
            return new ExecResult(exit, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
        } catch (ExecutionException error) {
            throw new KubernetesClientException("exec: " + error.getCause().getMessage(), error.getCause());
        } catch (TimeoutException error) {
            throw new KubernetesClientException("exec did not end within " + limit.toSeconds() + " s");
        }
    }

    boolean succeeded() {
        return exit == 0;
    }

    /** One line about a failure: {@code exit status 1: TIMEOUT}. */
    String failure() {
        String said = stderr.isBlank() ? stdout : stderr;
        return "exit status " + exit + ": " + said.strip().lines().findFirst().orElse("(nothing said)");
    }
}

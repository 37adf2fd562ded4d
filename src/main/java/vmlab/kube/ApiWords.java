package vmlab.kube;

import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateNotYetValidException;
import java.util.List;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import vmlab.run.Reading;

/** What an API request that failed means to somebody who waits for the API. */
public final class ApiWords {

    private ApiWords() {}

    /** NotYet with the reason, or Never when another cluster answers; an interruption stays one. */
    public static <T> Reading<T> of(KubernetesClientException error) throws InterruptedException {
        List<Throwable> causes = Stream.<Throwable>iterate(error, it -> it != null, Throwable::getCause)
                .toList();
        if (Thread.interrupted() || causes.stream().anyMatch(InterruptedException.class::isInstance)) {
            throw new InterruptedException("interrupted while asking the API server");
        }
        boolean early = causes.stream().anyMatch(CertificateNotYetValidException.class::isInstance);
        boolean stranger = causes.stream().anyMatch(CertPathValidatorException.class::isInstance)
                || causes.stream()
                        .anyMatch(it -> String.valueOf(it.getMessage()).contains("PKIX path"));
        if (stranger && !early) {
            return new Reading.Never<>(
                    "the API server's certificate is not of this cluster's CA: " + innermost(causes),
                    "k0s made a CA of its own, or another machine has the address: the node did not read its config"
                            + " disk; lab console shows its boot");
        }
        return new Reading.NotYet<>(error.getCode() > 0 ? answered(error) : unanswered(causes));
    }

    /** The reason alone, for a check's evidence. */
    public static String text(KubernetesClientException error) throws InterruptedException {
        return switch (ApiWords.<Object>of(error)) {
            case Reading.NotYet<Object>(var why) -> why;
            case Reading.Never<Object>(var why, var next) -> why + "; " + next;
            case Reading.Ready<Object> _ -> "";
        };
    }

    private static String answered(KubernetesClientException error) {
        String said = error.getStatus() != null && error.getStatus().getMessage() != null
                ? error.getStatus().getMessage()
                : String.valueOf(error.getMessage());
        return "API answers " + error.getCode() + ": " + firstLine(said);
    }

    private static String unanswered(List<Throwable> causes) {
        if (causes.stream().anyMatch(SocketTimeoutException.class::isInstance)) {
            return "API cannot be reached: no answer";
        }
        // The JDK says of a time-out that it was caused by a ConnectException, as a refusal is.
        if (causes.stream().anyMatch(HttpConnectTimeoutException.class::isInstance)) {
            return "the API's TLS handshake hangs";
        }
        for (Throwable cause : causes.reversed()) {
            switch (cause) {
                case NoRouteToHostException _ -> {
                    return "API cannot be reached: no route";
                }
                case ConnectException _ -> {
                    return "API refuses connections";
                }
                case HttpTimeoutException _, TimeoutException _ -> {
                    return "API does not answer";
                }
                case SSLException _ -> {
                    return "API's TLS handshake fails: " + cause.getMessage();
                }
                default -> {
                    // an outer wrapping, or nothing we know
                }
            }
        }
        boolean broken = causes.stream().anyMatch(IOException.class::isInstance);
        return (broken ? "API breaks the connection: " : "API request fails: ") + innermost(causes);
    }

    private static String innermost(List<Throwable> causes) {
        Throwable last = causes.getLast();
        return last.getMessage() == null ? last.getClass().getSimpleName() : firstLine(last.getMessage());
    }

    private static String firstLine(String text) {
        return text.lines().findFirst().orElse("");
    }
}

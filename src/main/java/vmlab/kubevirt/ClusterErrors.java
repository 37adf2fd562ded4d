package vmlab.kubevirt;

import io.fabric8.kubernetes.api.model.Status;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.util.Optional;
import vmlab.run.LabFailure;

/** What a cluster's API refuses, said so that a user knows what to do about it. */
final class ClusterErrors {

    private static final int UNAUTHORIZED = 401;
    private static final int FORBIDDEN = 403;
    private static final int MISSING = 404;
    private static final int CONFLICT = 409;

    private ClusterErrors() {}

    /** A question to the API, or an order. */
    interface Call<T> {
        T run();
    }

    /** Runs it; {@code what} follows "KubeVirt's cluster can't". */
    static <T> T call(String what, Call<T> call) {
        try {
            return call.run();
        } catch (KubernetesClientException error) {
            throw failure(what, error);
        }
    }

    /** Whether there is nothing of that name, or nothing is left of it to act on. */
    static boolean isGone(KubernetesClientException error) {
        return error.getCode() == MISSING || error.getCode() == CONFLICT;
    }

    static LabFailure failure(String what, KubernetesClientException error) {
        String why = Optional.ofNullable(error.getStatus())
                .map(Status::getMessage)
                .or(() -> Optional.ofNullable(error.getCause()).map(Throwable::getMessage))
                .orElse(String.valueOf(error.getMessage()));
        String text = "KubeVirt's cluster can't " + what;
        // No answer, or half of one.
        boolean isLost = error.getCode() == 0 || error.getStatus() == null && error.getCause() instanceof IOException;
        return (switch (isLost ? 0 : error.getCode()) {
                    case UNAUTHORIZED -> LabFailure.input(text, why, "log in to the cluster anew");
                    case FORBIDDEN ->
                        LabFailure.input(
                                text,
                                why,
                                "lab doctor --engine kubevirt lists the rights that are missing; with --role it prints all");
                    case 0 ->
                        LabFailure.machine(
                                text, why, "check that the cluster can be reached: kubectl get --raw /version");
                    default -> LabFailure.lab(text, why, "lab doctor --engine kubevirt checks the cluster");
                })
                .causedBy(error);
    }
}

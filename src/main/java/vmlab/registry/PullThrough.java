package vmlab.registry;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import vmlab.run.LabFailure;
import vmlab.run.Run;
import vmlab.spec.ImageName;

/** Brings into the store what nodes ask for and it lacks: once for all that ask while it is on its way. */
public final class PullThrough {

    /** Nothing is pulled: only what the store has is there. */
    public static final PullThrough NEVER = new PullThrough(Optional.empty());

    private final Optional<Pulling> pulling;
    private final Map<ImageName, CompletableFuture<String>> underWay = new ConcurrentHashMap<>();

    private PullThrough(Optional<Pulling> pulling) {
        this.pulling = pulling;
    }

    /** Pulls with the logins and the proxies of this process. */
    public static PullThrough with(Pulling pulling) {
        return new PullThrough(Optional.of(pulling));
    }

    /** Pulls an image, and returns why it did not come; empty where it did. */
    String pull(ImageName name) {
        if (pulling.isEmpty()) {
            return "nothing is pulled for this lab";
        }
        CompletableFuture<String> mine = new CompletableFuture<>();
        CompletableFuture<String> first = underWay.putIfAbsent(name, mine);
        if (first != null) {
            return first.join();
        }
        try {
            mine.complete(outcome(name));
        } finally {
            underWay.remove(name);
            mine.complete("the pull was broken off");
        }
        return mine.join();
    }

    private String outcome(ImageName name) {
        try {
            pulling.orElseThrow().pull(name, new Run(event -> {}));
            return "";
        } catch (LabFailure failure) {
            return failure.why();
        } catch (InterruptedException end) {
            Thread.currentThread().interrupt();
            return "the boot server ends";
        }
    }
}

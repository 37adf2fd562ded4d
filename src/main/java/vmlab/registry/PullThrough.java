package vmlab.registry;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import vmlab.run.LabFailure;
import vmlab.spec.ImageName;

/** Brings into the store what nodes ask for and it lacks: once for all that ask while it is on its way. */
public final class PullThrough {

    /** Nothing is pulled: only what the store has is there. */
    public static final PullThrough NEVER = new PullThrough(Optional.empty());

    private static final Duration AWAY = Duration.ofMinutes(1);

    private final Optional<Pulling> pulling;
    private final Map<ImageName, CompletableFuture<String>> underWay = new ConcurrentHashMap<>();

    /** Registries that did not answer, and when that was. */
    private final Map<String, Instant> away = new ConcurrentHashMap<>();

    private PullThrough(Optional<Pulling> pulling) {
        this.pulling = pulling;
    }

    /** Pulls with the logins and the proxies of this process. */
    public static PullThrough with(Pulling pulling) {
        return new PullThrough(Optional.of(pulling));
    }

    /** Pulls an image, and returns why it did not come; empty where it did. */
    String pull(ImageName name) {
        return pull(name, Optional.empty());
    }

    /**
     * Sees whether the name of an image that came so leads to another by now, and pulls that. A registry that is away is not asked again
     * for a minute: pods have what the store has.
     */
    void refresh(ImageName name, StoredImage known) {
        boolean isAsked = Optional.ofNullable(away.get(name.registry()))
                .filter(since -> Instant.now().isBefore(since.plus(AWAY)))
                .isEmpty();
        if (isAsked && pulling.isPresent() && name.digest().isEmpty()) {
            String why = pull(name, Optional.of(known));
            if (!why.isEmpty()) {
                away.put(name.registry(), Instant.now());
            }
        }
    }

    private String pull(ImageName name, Optional<StoredImage> known) {
        if (pulling.isEmpty()) {
            return "nothing is pulled for this lab";
        }
        CompletableFuture<String> mine = new CompletableFuture<>();
        CompletableFuture<String> first = underWay.putIfAbsent(name, mine);
        if (first != null) {
            return first.join();
        }
        try {
            mine.complete(outcome(name, known));
        } finally {
            underWay.remove(name);
            mine.complete("the pull was broken off");
        }
        return mine.join();
    }

    private String outcome(ImageName name, Optional<StoredImage> known) {
        try {
            pulling.orElseThrow().demand(name, known);
            return "";
        } catch (LabFailure failure) {
            return failure.why();
        } catch (InterruptedException end) {
            Thread.currentThread().interrupt();
            return "the boot server ends";
        }
    }
}

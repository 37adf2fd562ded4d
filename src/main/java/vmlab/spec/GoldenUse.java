package vmlab.spec;

import java.util.Locale;

/** Whether a lab goes on from where it was Ready first, when it is brought up again: {@code golden: never | auto}. */
public enum GoldenUse {
    /** It boots each time, and nothing of it is kept. */
    NEVER,
    /** Where its memory can be kept. */
    AUTO;

    /** As the YAML has it. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}

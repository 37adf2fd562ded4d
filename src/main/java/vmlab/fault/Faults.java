package vmlab.fault;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What becomes of the frames of one card, in both directions.
 *
 * @param loss so many of them, at random, go no further
 * @param rate more than so much does not pass
 * @param partitions nodes that it can't reach, and that can't reach it
 */
record Faults(Optional<Loss> loss, Optional<Rate> rate, SortedSet<String> partitions) {

    static final Faults NONE = new Faults(Optional.empty(), Optional.empty(), new TreeSet<>());

    private static final String LOSS = "loss ";
    private static final String RATE = "rate ";
    private static final String PARTITION = "partition ";

    Faults {
        partitions = new TreeSet<>(partitions);
    }

    /** Those that these words name, as {@link #words} has them. */
    static Faults of(List<String> words) {
        Optional<Loss> loss = Optional.empty();
        Optional<Rate> rate = Optional.empty();
        SortedSet<String> partitions = new TreeSet<>();
        for (String word : words) {
            if (word.startsWith(LOSS)) {
                loss = Optional.of(Loss.parse(word.substring(LOSS.length())));
            } else if (word.startsWith(RATE)) {
                rate = Optional.of(Rate.parse(word.substring(RATE.length())));
            } else if (word.startsWith(PARTITION)) {
                partitions.add(word.substring(PARTITION.length()));
            }
        }
        return new Faults(loss, rate, partitions);
    }

    /** One for each. */
    List<String> words() {
        List<String> words = new ArrayList<>();
        partitions.forEach(node -> words.add(partition(node)));
        loss.ifPresent(it -> words.add(word(it)));
        rate.ifPresent(it -> words.add(word(it)));
        return words;
    }

    static String partition(String node) {
        return PARTITION + node;
    }

    static String word(Loss loss) {
        return LOSS + loss;
    }

    static String word(Rate rate) {
        return RATE + rate;
    }

    /** These, and where {@code more} says something else, that. */
    Faults and(Faults more) {
        SortedSet<String> all = new TreeSet<>(partitions);
        all.addAll(more.partitions);
        return new Faults(more.loss.or(() -> loss), more.rate.or(() -> rate), all);
    }
}

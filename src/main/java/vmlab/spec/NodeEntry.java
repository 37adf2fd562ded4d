package vmlab.spec;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * An entry of {@code nodes}, before {@code count} makes several of it.
 *
 * @param name as written; empty when it was refused
 * @param count as written
 * @param role as written or implied; empty when there is none that can be relied on
 * @param model what each of them looks like
 * @param at where to put problems with its name
 */
record NodeEntry(Optional<String> name, Optional<Integer> count, Optional<Role> role, Node model, Fields at) {

    /** {@code w} with count 2 is w1 and w2; without a count it is w. */
    List<Node> expand() {
        return name.map(base -> count.map(many -> IntStream.rangeClosed(1, many).mapToObj(number -> base + number))
                        .orElseGet(() -> Stream.of(base))
                        .map(model::named)
                        .toList())
                .orElse(List.of(model));
    }
}

package vmlab.plan;

import java.util.Collection;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import vmlab.spec.Cidr;

/** Chooses the network of a lab whose cluster.yaml names none. */
public final class FreeCidr {

    private FreeCidr() {}

    /** The first of 10.77.0.0/24 … 10.77.255.0/24, then of 172.29.0.0/24 …, then of 192.168.0.0/24 …, that overlaps none of {@code taken}. */
    public static Optional<Cidr> first(Collection<Cidr> taken) {
        return Stream.of("10.77", "172.29", "192.168")
                .flatMap(start -> IntStream.range(0, 256).mapToObj(third -> Cidr.parse(start + "." + third + ".0/24")))
                .filter(candidate -> taken.stream().noneMatch(candidate::overlaps))
                .findFirst();
    }
}

package vmlab.observe;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import vmlab.kube.smoke.HopWitness.Hop;

/** On what {@code ip route} printed in nodes of a lab, whole and broken by hand. */
class HopTraceTest {

    private static final Hop HOP = new Hop("cp", "10.77.0.11", "10.244.0.6", "w1", "10.77.0.12", "10.244.1.3", 8080);

    private static final RoadReading THERE = RoadReading.parse("""
            route 10.244.1.3 via 10.77.0.12 dev eth0 src 10.77.0.11 uid 0 \\    cache
            fallback default via 10.77.0.1 dev eth0
            pings yes
            answers yes
            """);
    private static final RoadReading BACK = RoadReading.parse("""
            route 10.244.0.6 via 10.77.0.11 dev eth0 src 10.77.0.12 uid 0 \\    cache
            fallback default via 10.77.0.1 dev eth0
            pings yes
            """);
    private static final RoadReading END = RoadReading.parse("""
            route 10.244.1.3 dev kube-bridge src 10.244.1.1 uid 0 \\    cache
            fallback default via 10.77.0.1 dev eth0
            pings yes
            answers yes
            """);

    private static RoadReading without(RoadReading reading, boolean pings, boolean answers) {
        return new RoadReading(
                reading.route(), reading.fallback(), reading.pings() && pings, reading.answers() && answers);
    }

    @Test
    void aMissingRouteIsTheDefaultRoute() {
        RoadReading astray = RoadReading.parse("""
                route 10.244.1.3 via 10.77.0.1 dev eth0 src 10.77.0.11 uid 0 \\    cache
                fallback default via 10.77.0.1 dev eth0
                pings yes
                """);
        assertThat(HopTrace.tell(HOP, astray, BACK, END))
                .startsWith("broken hop: node cp → node w1: cp has no route to w1's pods")
                .contains("route on cp to pod 10.244.1.3: 10.244.1.3 via 10.77.0.1 dev eth0");
    }

    @Test
    void aWayBackThatIsMissingIsNamed() {
        RoadReading astray = RoadReading.parse("""
                route RTNETLINK answers: Network is unreachable
                fallback
                """);
        assertThat(HopTrace.tell(HOP, without(THERE, true, false), astray, END))
                .startsWith("broken hop: node w1 → node cp: w1 has no route back to cp's pods");
    }

    @Test
    void aNodeThatDoesNotAnswerComesBeforeItsRoutes() {
        assertThat(HopTrace.tell(HOP, without(THERE, false, false), BACK, END))
                .startsWith("broken hop: node cp → node w1: 10.77.0.12 does not answer a ping");
    }

    @Test
    void aPodThatItsOwnNodeCannotReachIsTheHop() {
        assertThat(HopTrace.tell(HOP, without(THERE, true, false), BACK, without(END, true, false)))
                .startsWith("broken hop: node w1 → its own pod 10.244.1.3");
    }

    @Test
    void lostPacketsAreLeftWhereAllRoutesAreThere() {
        assertThat(HopTrace.tell(HOP, without(THERE, true, false), BACK, END))
                .startsWith("broken hop: node cp → node w1: routes are there, and packets for pods are lost");
    }

    @Test
    void whatTheNodeCanAndItsPodCannotIsBetweenThem() {
        assertThat(HopTrace.tell(HOP, THERE, BACK, END)).startsWith("broken hop: pod 10.244.0.6 → node cp");
    }
}

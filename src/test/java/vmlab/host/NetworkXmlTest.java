package vmlab.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.junit.jupiter.api.Test;
import vmlab.plan.Clusters;
import vmlab.plan.Mark;
import vmlab.plan.Plan;
import vmlab.spec.Cidr;

class NetworkXmlTest {

    private static final Plan PLAN = Plan.of(Clusters.ofNodes("demo", 1), Cidr.parse("10.77.5.0/24"));

    @Test
    void inAHostOfOurOwnARouterAnswersIpxeAndRoutesNothing() {
        assumeTrue(Machine.hasIpv6());

        assertThat(xml(true))
                .contains("family=\"ipv6\"")
                .contains("ra-param=" + PLAN.network().bridge() + ",0,0");
    }

    @Test
    void onAUsersLibvirtNothingMakesItForwardIpv6() {
        assertThat(xml(false)).doesNotContain("ipv6");
    }

    private static String xml(boolean embedded) {
        return NetworkXml.of(PLAN, new Mark("demo", "", "abc", "1"), "http://10.77.5.1/boot.ipxe", embedded);
    }
}

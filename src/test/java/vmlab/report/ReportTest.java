package vmlab.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringReader;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;
import org.xml.sax.InputSource;
import vmlab.run.Event;
import vmlab.run.Outcome;

class ReportTest {

    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

    @Test
    void theTimelineIsOfTheLastCommandOnly() {
        Timeline timeline = Timeline.ofLast(
                List.of(
                        new Event.PhaseStarted(NOON.minusSeconds(600), "host", "look"),
                        new Event.PhaseDone(NOON.minusSeconds(590), "host", Duration.ofSeconds(10), "old"),
                        new Event.PhaseStarted(NOON, "host", "look"),
                        new Event.PhaseDone(NOON.plusSeconds(1), "host", Duration.ofSeconds(1), "TCG"),
                        new Event.PhaseStarted(NOON.plusSeconds(1), "ssh", "wait"),
                        new Event.Milestone(NOON.plusSeconds(9), "cp", "sshd", ""),
                        new Event.PhaseDone(NOON.plusSeconds(10), "ssh", Duration.ofSeconds(9), "")),
                "host");

        assertThat(timeline.entries())
                .extracting(Timeline.Entry::since, Timeline.Entry::text)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(Duration.ZERO, "TCG"),
                        org.assertj.core.groups.Tuple.tuple(Duration.ofSeconds(9), "sshd"),
                        org.assertj.core.groups.Tuple.tuple(Duration.ofSeconds(1), ""));
    }

    @Test
    void junitXmlCountsFailuresAndSurvivesControlCharacters() throws Exception {
        String xml = JunitXml.of(List.of(
                new Event.Checked(NOON, "smoke", "DNS", Outcome.PASSED, Duration.ofMillis(1500), "10.96.0.1"),
                new Event.Checked(
                        NOON, "smoke", "NodePort", Outcome.FAILED, Duration.ofSeconds(2), "no <answer>\u001b[0m"),
                new Event.Checked(NOON, "smoke", "exec", Outcome.SKIPPED, Duration.ZERO, "skipped: needs pods")));

        var suite = (Element) DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new InputSource(new StringReader(xml)))
                .getElementsByTagName("testsuite")
                .item(0);
        assertThat(suite.getAttribute("tests")).isEqualTo("3");
        assertThat(suite.getAttribute("skipped")).isEqualTo("1");
        assertThat(suite.getAttribute("failures")).isEqualTo("1");
        assertThat(suite.getAttribute("time")).isEqualTo("3.500");
        assertThat(suite.getElementsByTagName("failure").item(0).getTextContent())
                .startsWith("no <answer>");
    }
}

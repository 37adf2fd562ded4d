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

package vmlab.report;

import java.io.StringWriter;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;
import vmlab.run.Event;
import vmlab.run.Outcome;
import vmlab.run.Printable;

/** Checks as the XML that CI systems read (JUnit's, as Surefire writes it). */
public final class JunitXml {

    private JunitXml() {}

    /** A test suite for each that {@code checks} are of, with a test case for each check. */
    public static String of(List<Event.Checked> checks) {
        StringWriter text = new StringWriter();
        try {
            XMLStreamWriter xml = XMLOutputFactory.newFactory().createXMLStreamWriter(text);
            xml.writeStartDocument();
            xml.writeStartElement("testsuites");
            for (String suite :
                    checks.stream().map(Event.Checked::suite).distinct().toList()) {
                writeSuite(
                        xml,
                        suite,
                        checks.stream().filter(c -> c.suite().equals(suite)).toList());
            }
            xml.writeEndElement();
            xml.writeEndDocument();
        } catch (XMLStreamException impossible) {
            throw new IllegalStateException("XML can be written to memory", impossible);
        }
        return text.toString();
    }

    private static void writeSuite(XMLStreamWriter xml, String suite, List<Event.Checked> checks)
            throws XMLStreamException {
        xml.writeStartElement("testsuite");
        xml.writeAttribute("name", suite);
        xml.writeAttribute("tests", Integer.toString(checks.size()));
        xml.writeAttribute("failures", count(checks, Outcome.FAILED));
        xml.writeAttribute("skipped", count(checks, Outcome.SKIPPED));
        xml.writeAttribute(
                "time", seconds(checks.stream().map(Event.Checked::took).reduce(Duration.ZERO, Duration::plus)));
        for (Event.Checked check : checks) {
            writeCase(xml, check);
        }
        xml.writeEndElement();
    }

    private static String count(List<Event.Checked> checks, Outcome outcome) {
        return Long.toString(checks.stream().filter(c -> c.status() == outcome).count());
    }

    private static void writeCase(XMLStreamWriter xml, Event.Checked check) throws XMLStreamException {
        xml.writeStartElement("testcase");
        xml.writeAttribute("classname", check.suite());
        xml.writeAttribute("name", check.check());
        xml.writeAttribute("time", seconds(check.took()));
        xml.writeStartElement(
                switch (check.status()) {
                    case PASSED -> "system-out";
                    case FAILED -> "failure";
                    case SKIPPED -> "skipped";
                });
        xml.writeCharacters(Printable.text(check.evidence()));
        xml.writeEndElement();
        xml.writeEndElement();
    }

    private static String seconds(Duration time) {
        return String.format(Locale.ROOT, "%.3f", time.toMillis() / 1000.0);
    }
}

package vmlab.report;

import java.io.StringWriter;
import java.time.Duration;
import java.util.List;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;
import vmlab.run.Event;

/** Checks as the XML that CI systems read (JUnit's, as Surefire writes it). */
public final class JunitXml {

    private JunitXml() {}

    /** One test suite with a test case for each check. */
    public static String of(String suite, List<Event.Checked> checks) {
        StringWriter text = new StringWriter();
        try {
            XMLStreamWriter xml = XMLOutputFactory.newFactory().createXMLStreamWriter(text);
            xml.writeStartDocument();
            xml.writeStartElement("testsuite");
            xml.writeAttribute("name", suite);
            xml.writeAttribute("tests", Integer.toString(checks.size()));
            xml.writeAttribute(
                    "failures",
                    Long.toString(checks.stream().filter(c -> !c.passed()).count()));
            xml.writeAttribute(
                    "time", seconds(checks.stream().map(Event.Checked::took).reduce(Duration.ZERO, Duration::plus)));
            for (Event.Checked check : checks) {
                writeCase(xml, check);
            }
            xml.writeEndElement();
            xml.writeEndDocument();
        } catch (XMLStreamException impossible) {
            throw new IllegalStateException("XML can be written to memory", impossible);
        }
        return text.toString();
    }

    private static void writeCase(XMLStreamWriter xml, Event.Checked check) throws XMLStreamException {
        xml.writeStartElement("testcase");
        xml.writeAttribute("classname", check.suite());
        xml.writeAttribute("name", check.check());
        xml.writeAttribute("time", seconds(check.took()));
        xml.writeStartElement(check.passed() ? "system-out" : "failure");
        xml.writeCharacters(check.evidence().replaceAll("[\\p{Cntrl}&&[^\n\t]]", ""));
        xml.writeEndElement();
        xml.writeEndElement();
    }

    private static String seconds(Duration time) {
        return "%.3f".formatted(time.toMillis() / 1000.0);
    }
}

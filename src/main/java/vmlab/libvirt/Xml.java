package vmlab.libvirt;

import java.io.StringReader;
import java.io.StringWriter;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.transform.OutputKeys;
import javax.xml.transform.TransformerFactory;
import javax.xml.transform.dom.DOMSource;
import javax.xml.transform.stream.StreamResult;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.InputSource;

/** One element of a document being written: a thin, chainable face of the JDK's DOM. */
final class Xml {

    private final Element element;

    private Xml(Element element) {
        this.element = element;
    }

    /** A new document with this root. */
    static Xml root(String name) {
        Document document = builder().newDocument();
        Element root = document.createElement(name);
        document.appendChild(root);
        return new Xml(root);
    }

    /** An element of a document that was read. */
    static Xml of(Element element) {
        return new Xml(element);
    }

    /** Adds a child and returns the child. */
    Xml child(String name) {
        Element child = element.getOwnerDocument().createElement(name);
        element.appendChild(child);
        return new Xml(child);
    }

    /** Adds a child that holds only text, and returns this. */
    Xml leaf(String name, Object text) {
        child(name).element.setTextContent(text.toString());
        return this;
    }

    /** Sets an attribute and returns this. */
    Xml set(String name, Object value) {
        element.setAttribute(name, value.toString());
        return this;
    }

    /** Sets the text and returns this. */
    Xml text(Object text) {
        element.setTextContent(text.toString());
        return this;
    }

    /** The whole document as text. */
    String write() {
        return write(element.getOwnerDocument());
    }

    /** The same of any document, or of a part of one. */
    static String write(Node document) {
        try {
            var transformer = TransformerFactory.newInstance().newTransformer();
            transformer.setOutputProperty(OutputKeys.OMIT_XML_DECLARATION, "yes");
            transformer.setOutputProperty(OutputKeys.INDENT, "yes");
            StringWriter text = new StringWriter();
            transformer.transform(new DOMSource(document), new StreamResult(text));
            return text.toString();
        } catch (javax.xml.transform.TransformerException impossible) {
            throw new IllegalStateException("a DOM in memory can be written", impossible);
        }
    }

    /** Reads what libvirt describes. */
    static Document parse(String xml) {
        try {
            return builder().parse(new InputSource(new StringReader(xml)));
        } catch (java.io.IOException | org.xml.sax.SAXException error) {
            throw new IllegalStateException("libvirt described something in broken XML", error);
        }
    }

    private static DocumentBuilder builder() {
        try {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
            factory.setNamespaceAware(true);
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            return factory.newDocumentBuilder();
        } catch (javax.xml.parsers.ParserConfigurationException impossible) {
            throw new IllegalStateException("every JDK has a DOM parser", impossible);
        }
    }
}

package vmlab.libvirt;

import java.nio.file.Path;
import java.util.stream.IntStream;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NamedNodeMap;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;
import vmlab.plan.Mark;

/** Descriptions of one lab's machines and networks, made over for another lab that is like it: in a folder of its own, and at a libvirt of its own. */
final class CopiedXml {

    private CopiedXml() {}

    /** A machine's; {@code memory}: the folder for the file in which it has its memory. */
    static String machine(String description, Mark to, Path memory) {
        Document domain = Xml.parse(description);
        MemoryFile.move(domain, memory);
        return copy(domain, to);
    }

    static String network(String description, Mark to) {
        return copy(Xml.parse(description), to);
    }

    private static String copy(Document description, Mark to) {
        Mark from = MarkXml.read(description).orElseThrow();
        Element name = (Element) description.getElementsByTagName("name").item(0);
        name.setTextContent(from.nameFor(to, name.getTextContent()));
        NodeList sources = description.getElementsByTagName("source");
        IntStream.range(0, sources.getLength())
                .mapToObj(i -> (Element) sources.item(i))
                .filter(source -> source.hasAttribute("network"))
                .forEach(source -> source.setAttribute("network", from.nameFor(to, source.getAttribute("network"))));
        move(
                description.getDocumentElement(),
                from.folder().path().toString(),
                to.folder().path().toString());
        MarkXml.replace(description, from.of(to));
        return Xml.write(description);
    }

    /** Files in the one lab's folder are in the other's. */
    private static void move(Node node, String from, String to) {
        NamedNodeMap attributes = node.getAttributes();
        for (int i = 0; attributes != null && i < attributes.getLength(); i++) {
            Node attribute = attributes.item(i);
            if (attribute.getNodeValue().startsWith(from + "/")) {
                attribute.setNodeValue(to + attribute.getNodeValue().substring(from.length()));
            }
        }
        NodeList children = node.getChildNodes();
        for (int i = 0; i < children.getLength(); i++) {
            move(children.item(i), from, to);
        }
    }
}

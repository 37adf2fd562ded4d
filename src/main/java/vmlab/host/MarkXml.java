package vmlab.host;

import java.util.Optional;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import vmlab.plan.Mark;

/** Our mark in the {@code <metadata>} of a domain or network. */
final class MarkXml {

    /** The namespace that libvirt files our metadata under; a name, nothing is fetched from there. */
    static final String NAMESPACE = "urn:vmlab:lab:1";

    private MarkXml() {}

    /** Adds {@code <metadata>} with the mark. */
    static void add(Xml parent, Mark mark) {
        parent.child("metadata")
                .child("lab:mark")
                .set("xmlns:lab", NAMESPACE)
                .set("lab", mark.lab())
                .set("node", mark.node())
                .set("hash", mark.hash())
                .set("version", mark.version());
    }

    /** The mark in a description, where it carries one. */
    static Optional<Mark> read(Document description) {
        if (description.getElementsByTagNameNS(NAMESPACE, "mark").item(0) instanceof Element mark) {
            return Optional.of(new Mark(
                    mark.getAttribute("lab"),
                    mark.getAttribute("node"),
                    mark.getAttribute("hash"),
                    mark.getAttribute("version")));
        }
        return Optional.empty();
    }
}

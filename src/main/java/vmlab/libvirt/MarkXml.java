package vmlab.libvirt;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import vmlab.plan.AppliedSpec;
import vmlab.plan.Aspect;
import vmlab.plan.Mark;
import vmlab.spec.Specs;

/** Our mark in the {@code <metadata>} of a domain or network. */
final class MarkXml {

    /** The namespace that libvirt files our metadata under; a name, nothing is fetched from there. */
    static final String NAMESPACE = "urn:vmlab:lab:1";

    private MarkXml() {}

    /** Adds {@code <metadata>} with the mark of a node, and what it was made from. */
    static void add(Xml parent, Mark mark, AppliedSpec made) {
        addMade(add(parent, mark), made);
    }

    /** Adds {@code <metadata>} with the mark; returns the mark's element. */
    static Xml add(Xml parent, Mark mark) {
        return fill(parent.child("metadata").child("lab:mark").set("xmlns:lab", NAMESPACE), mark);
    }

    /** The mark's element alone, as libvirt takes it for a machine that runs: it adds the name space itself. */
    static String element(Mark mark, AppliedSpec made) {
        Xml root = Xml.root("mark");
        addMade(fill(root, mark), made);
        return root.write();
    }

    private static Xml fill(Xml element, Mark mark) {
        return element.set("lab", mark.lab())
                .set("id", mark.id())
                .set("home", mark.home())
                .set("node", mark.node())
                .set("hash", mark.hash())
                .set("version", mark.version());
    }

    private static void addMade(Xml mark, AppliedSpec made) {
        Xml child = mark.child("made")
                .set("xmlns", NAMESPACE)
                .set("image", made.image())
                .set("previous", made.previous());
        made.aspects()
                .forEach((aspect, text) ->
                        child.child("aspect").set("name", aspect.name()).set("is", text));
    }

    /** What a node's description says that it was made from. */
    static AppliedSpec made(Document description) {
        if (!(description.getElementsByTagNameNS(NAMESPACE, "made").item(0) instanceof Element made)) {
            return AppliedSpec.UNKNOWN;
        }
        Map<Aspect, String> aspects = new EnumMap<>(Aspect.class);
        NodeList children = made.getElementsByTagNameNS(NAMESPACE, "aspect");
        for (int i = 0; i < children.getLength(); i++) {
            Element child = (Element) children.item(i);
            // Another version of lab may know more.
            Stream.of(Aspect.values())
                    .filter(aspect -> aspect.name().equals(child.getAttribute("name")))
                    .forEach(aspect -> aspects.put(aspect, child.getAttribute("is")));
        }
        return new AppliedSpec(aspects, made.getAttribute("image"), made.getAttribute("previous"));
    }

    /** Gives a description another mark in place of the one that it carries. */
    static void replace(Document description, Mark mark) {
        Element element =
                (Element) description.getElementsByTagNameNS(NAMESPACE, "mark").item(0);
        fill(Xml.of(element), mark);
    }

    /**
     * The mark in a description, where it carries one. What names a lab or a node that can be none, lab never wrote: no path may follow
     * from it, and what carries it is somebody else's.
     */
    static Optional<Mark> read(Document description) {
        if (description.getElementsByTagNameNS(NAMESPACE, "mark").item(0) instanceof Element mark) {
            return Optional.of(new Mark(
                            mark.getAttribute("lab"),
                            mark.getAttribute("id"),
                            mark.getAttribute("home"),
                            mark.getAttribute("node"),
                            mark.getAttribute("hash"),
                            mark.getAttribute("version")))
                    .filter(MarkXml::namesALab);
        }
        return Optional.empty();
    }

    private static boolean namesALab(Mark mark) {
        return Specs.isName(mark.lab()) && (mark.node().isEmpty() || Specs.isName(mark.node()));
    }
}

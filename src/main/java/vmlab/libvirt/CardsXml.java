package vmlab.libvirt;

import java.util.ArrayList;
import java.util.List;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import vmlab.engine.Card;

/** The network cards in libvirt's description of a machine that runs. */
final class CardsXml {

    private CardsXml() {}

    static List<Card> of(String description) {
        List<Card> cards = new ArrayList<>();
        for (Element card : interfaces(Xml.parse(description))) {
            cards.add(new Card(
                    attribute(card, "mac", "address"),
                    attribute(card, "source", "network"),
                    attribute(card, "target", "dev"),
                    !attribute(card, "link", "state").equals("down")));
        }
        return cards;
    }

    /** The description of one card whose cable is in, or is not. */
    static String plugged(String description, String mac, boolean plugged) {
        for (Element card : interfaces(Xml.parse(description))) {
            if (attribute(card, "mac", "address").equals(mac)) {
                Element link = first(card, "link");
                if (link == null) {
                    Xml.of(card).child("link");
                    link = first(card, "link");
                }
                Xml.of(link).set("state", plugged ? "up" : "down");
                return Xml.write(card);
            }
        }
        throw new IllegalArgumentException("no card " + mac);
    }

    private static List<Element> interfaces(Document description) {
        var found = description.getElementsByTagName("interface");
        List<Element> all = new ArrayList<>();
        for (int i = 0; i < found.getLength(); i++) {
            all.add((Element) found.item(i));
        }
        return all;
    }

    private static Element first(Element card, String name) {
        return (Element) card.getElementsByTagName(name).item(0);
    }

    private static String attribute(Element card, String name, String attribute) {
        Element element = first(card, name);
        return element == null ? "" : element.getAttribute(attribute);
    }
}

package vmlab.fault;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import vmlab.engine.Card;
import vmlab.plan.Inventory;
import vmlab.plan.Inventory.DomainFound;
import vmlab.plan.Inventory.NetworkFound;
import vmlab.plan.LabFolder;
import vmlab.run.LabFailure;
import vmlab.run.PrivateFiles;
import vmlab.site.Access;
import vmlab.site.Identity;
import vmlab.site.Site;

/**
 * The links of a lab's nodes to their networks, and what is wrong with them on purpose. Faults end when the node's machine is switched off.
 */
public final class LinkFaults {

    private static final String WELL = "well";

    private final Site site;
    private final String lab;
    private final Inventory found;
    private final NftTable table;

    private LinkFaults(Site site, String lab, Inventory found, NftTable table) {
        this.site = site;
        this.lab = lab;
        this.found = found;
        this.table = table;
    }

    /** Those of a lab that is up, on this machine. */
    public static LinkFaults of(Site site, String lab) {
        if (!Identity.isHere(site.uri())) {
            throw LabFailure.input(
                    "the links of lab " + lab + " are out of reach",
                    "its machines' cards are on a node of the cluster, at " + site.uri(),
                    "bring it up on this machine for faults and captures");
        }
        Inventory found = site.inventory(lab);
        String id = site.identity(lab).orElseThrow(() -> Access.notUp(lab)).id();
        if (found.domains().isEmpty()) {
            throw Access.notUp(lab);
        }
        return new LinkFaults(site, lab, found, NftTable.of(id));
    }

    /**
     * A link as it is now.
     *
     * @param state {@code well}, or its faults
     */
    public record Link(String node, String network, String state) {}

    /** All links of nodes that run. */
    public List<Link> all() throws InterruptedException {
        List<Link> links = new ArrayList<>();
        Map<String, Faults> faults = Kernel.faults(table);
        for (DomainFound machine : found.domains()) {
            for (Card card : cards(machine)) {
                links.add(new Link(machine.mark().node(), network(card), state(card, faults)));
            }
        }
        return links;
    }

    private static String state(Card card, Map<String, Faults> faults) throws InterruptedException {
        List<String> words = new ArrayList<>();
        if (!card.plugged()) {
            words.add("down");
        }
        words.addAll(faults.getOrDefault(card.device(), Faults.NONE).words());
        Kernel.delay(card.device()).ifPresent(delay -> words.add("delay " + delay));
        return words.isEmpty() ? WELL : String.join(", ", words);
    }

    /** The device of this machine by which a node's card is on a network, whose name is empty for the first. */
    public String device(String node, String network) {
        return card(machine(node), network).device();
    }

    /** Does it, all of it or, where something of it is refused, nothing; returns the link as it is then. */
    public Link change(LinkChange change) throws InterruptedException {
        DomainFound machine = machine(change.node());
        Card card = card(machine, change.network());
        Map<String, List<String>> macs = new HashMap<>();
        Faults faults = (change.isMended()
                        ? Faults.NONE
                        : Kernel.faults(table).getOrDefault(card.device(), Faults.NONE))
                .and(change.faults());
        for (String other : faults.partitions()) {
            if (other.equals(change.node())) {
                throw LabFailure.input(
                        "node " + other + " can't be cut off from itself", "--partition names it", "name another node");
            }
            macs.put(other, cards(running(other)).stream().map(Card::mac).toList());
        }
        if (change.isMended()) {
            Kernel.endDelay(card.device());
        }
        if (change.delay().isPresent()) {
            Kernel.delay(card.device(), change.delay().get());
        }
        note();
        Kernel.load(table.script(card.device(), faults, macs));
        boolean plugged = change.plugged().orElse(change.isMended() || card.plugged());
        if (plugged != card.plugged()) {
            site.engine().machines().plug(machine.name(), card.mac(), plugged);
        }
        Card now = card(machine, change.network());
        return new Link(change.node(), label(change.network()), state(now, Kernel.faults(table)));
    }

    /** Ends all faults of the lab. */
    public void endAll() throws InterruptedException {
        for (DomainFound machine : found.domains()) {
            for (Card card : cards(machine)) {
                Kernel.endDelay(card.device());
                if (!card.plugged()) {
                    site.engine().machines().plug(machine.name(), card.mac(), true);
                }
            }
        }
        Kernel.remove(table);
    }

    /** Forgets what the kernel keeps of a lab whose machines are gone. */
    public static void forget(Site site, String lab) throws InterruptedException {
        Optional<Identity> identity = site.identity(lab);
        if (identity.isPresent() && Files.exists(site.folder(lab).linkFaults())) {
            Kernel.remove(NftTable.of(identity.get().id()));
        }
    }

    /** A table outlives its devices: whoever takes the lab down must know of it. */
    private void note() {
        LabFolder folder = site.folder(lab);
        try {
            PrivateFiles.write(folder.linkFaults(), table.name() + "\n");
        } catch (IOException full) {
            throw new UncheckedIOException(full);
        }
    }

    private List<Card> cards(DomainFound machine) {
        return machine.running() ? site.engine().machines().cards(machine.name()) : List.of();
    }

    private DomainFound machine(String node) {
        return found.domain(node)
                .orElseThrow(() -> LabFailure.input(
                        "lab " + lab + " has no node " + node,
                        found.domains().stream()
                                .map(domain -> domain.mark().node())
                                .collect(Collectors.joining(", ", "its nodes are ", "")),
                        "name one of them"));
    }

    private DomainFound running(String node) {
        DomainFound machine = machine(node);
        if (!machine.running()) {
            throw LabFailure.input(
                    "node " + node + " is off", "its card is on no network", "lab start " + lab + " switches it on");
        }
        return machine;
    }

    /** A fork's cards are those of the lab that it is a copy of: only by its network is one known. */
    private Card card(DomainFound machine, String network) {
        String node = machine.mark().node();
        return cards(running(node)).stream()
                .filter(card -> label(network).equals(network(card)))
                .findFirst()
                .orElseThrow(() -> LabFailure.input(
                        "node " + node + " has no card on a network " + network,
                        "it is on "
                                + String.join(
                                        ", ",
                                        cards(machine).stream()
                                                .map(this::network)
                                                .toList()),
                        "name one of these with --network, or none for the first"));
    }

    private String network(Card card) {
        return label(found.network(card.network()).map(NetworkFound::label).orElse("?"));
    }

    private static String label(String network) {
        return network.isEmpty() ? "(first)" : network;
    }
}

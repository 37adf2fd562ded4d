package vmlab.fault;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * A lab's faults as a table of nftables, in the family that sees each frame of one device: a chain for each direction of a card. What a
 * rule is for stands in its comment, so the kernel is the only place where faults are noted; a chain goes with its device.
 *
 * @param name of the table
 */
record NftTable(String name) {

    /** What may pass at once: ten full frames, or what the rate lets pass in an eighth of a second. */
    private static final long LEAST_BURST = 16 * 1024;

    private static final int EIGHTH = 8;

    private static final String FROM = "-from";

    /** That of the lab with this id. */
    static NftTable of(String labId) {
        return new NftTable("lab_" + labId.replaceAll("[^A-Za-z0-9]", "").toLowerCase(Locale.ROOT));
    }

    /**
     * What nft is to do, in one transaction, so that a device's frames have these faults and no others of ours.
     *
     * @param macs of the nodes that {@code faults} name, all cards
     */
    String script(String device, Faults faults, Map<String, List<String>> macs) {
        StringBuilder script = new StringBuilder("add table netdev " + name + "\n");
        chain(script, device, device + FROM, "ingress", "daddr", faults, macs);
        chain(script, device, device + "-to", "egress", "saddr", faults, macs);
        return script.toString();
    }

    private void chain(
            StringBuilder script,
            String device,
            String chain,
            String hook,
            String other,
            Faults faults,
            Map<String, List<String>> macs) {
        String place = "netdev " + name + " " + chain;
        script.append("add chain %s { type filter hook %s device \"%s\" priority 0; policy accept; }\n"
                .formatted(place, hook, device));
        script.append("flush chain ").append(place).append('\n');
        for (String node : faults.partitions()) {
            rule(
                    script,
                    place,
                    "ether %s { %s } drop".formatted(other, String.join(", ", macs.get(node))),
                    Faults.partition(node));
        }
        faults.loss()
                .ifPresent(loss -> rule(
                        script,
                        place,
                        loss.isAll() ? "drop" : "numgen random mod 1000 < " + loss.permille() + " drop",
                        Faults.word(loss)));
        faults.rate()
                .ifPresent(rate -> rule(
                        script,
                        place,
                        "limit rate over " + rate.bytes() + " bytes/second burst "
                                + Math.max(LEAST_BURST, rate.bytes() / EIGHTH) + " bytes drop",
                        Faults.word(rate)));
    }

    private static void rule(StringBuilder script, String place, String rule, String comment) {
        script.append("add rule %s %s comment \"%s\"\n".formatted(place, rule, comment));
    }

    /** The faults of each device, out of what {@code nft -j list table} says of the table. */
    static Map<String, Faults> read(String json) {
        Map<String, List<String>> words = new TreeMap<>();
        try {
            for (JsonNode each : new JsonMapper().readTree(json).path("nftables")) {
                JsonNode rule = each.path("rule");
                String chain = rule.path("chain").asText();
                if (chain.endsWith(FROM)) {
                    words.computeIfAbsent(
                                    chain.substring(0, chain.length() - FROM.length()), device -> new ArrayList<>())
                            .add(rule.path("comment").asText());
                }
            }
        } catch (JsonProcessingException other) {
            return Map.of();
        }
        Map<String, Faults> faults = new TreeMap<>();
        words.forEach((device, its) -> faults.put(device, Faults.of(its)));
        return faults;
    }
}

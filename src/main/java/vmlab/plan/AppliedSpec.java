package vmlab.plan;

import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import vmlab.spec.Bytes;
import vmlab.spec.Credentials;
import vmlab.spec.Node;

/**
 * What a node was made from, as its metadata keeps it: so an edit can be told from what was, and named.
 *
 * @param aspects each as short text; what an older lab did not note is absent and counts as unchanged
 * @param image the digest of the image that the node boots; after {@code lab upgrade} another than {@link Aspect#IMAGE}, which is the one
 *     that cluster.yaml asked for when the node was made
 * @param previous the digest of the image before, to which {@code lab rollback} goes; empty where there is none
 */
public record AppliedSpec(Map<Aspect, String> aspects, String image, String previous) {

    /** Nothing is known. */
    public static final AppliedSpec UNKNOWN = new AppliedSpec(Map.of(), "", "");

    /** Copies its map. */
    public AppliedSpec {
        aspects = Collections.unmodifiableMap(aspects.isEmpty() ? new EnumMap<>(Aspect.class) : new EnumMap<>(aspects));
    }

    /** One aspect that is no longer what it was; both values as they are kept. */
    public record Difference(Aspect aspect, String was, String is) {

        /** For people: {@code memory 2GiB → 3GiB}. */
        @Override
        public String toString() {
            return aspect + " " + shown(was) + " → " + shown(is);
        }

        private String shown(String text) {
            return switch (aspect) {
                case MEMORY, DISK -> new Bytes(Long.parseLong(text)).toString();
                case IMAGE -> shortly(text);
                default -> text.isEmpty() ? "none" : text;
            };
        }
    }

    /** What {@code node} would be made from now. {@code k0sConfig} is the text of its k0s.yaml, empty on a worker. */
    public static AppliedSpec of(NodePlan node, String imageDigest, String k0sConfig) {
        Node spec = node.spec();
        Map<Aspect, String> aspects = new EnumMap<>(Aspect.class);
        aspects.put(Aspect.ROLE, spec.role().toString());
        aspects.put(Aspect.CPUS, Integer.toString(spec.cpus()));
        aspects.put(Aspect.MEMORY, Long.toString(spec.memory().value()));
        aspects.put(Aspect.DISK, Long.toString(spec.disk().value()));
        aspects.put(Aspect.BOOT, spec.boot().toString());
        aspects.put(Aspect.CARDS, String.join(",", spec.networks()));
        aspects.put(Aspect.LABELS, joined(spec.labels().entrySet().stream().map(Object::toString)));
        aspects.put(Aspect.TAINTS, joined(spec.taints().stream()));
        aspects.put(Aspect.KUBELET, String.join(" ", spec.kubeletArgs()));
        aspects.put(Aspect.K0S, k0sConfig.isEmpty() ? "" : digest(k0sConfig));
        aspects.put(Aspect.IMAGE, imageDigest);
        return new AppliedSpec(aspects, imageDigest, "");
    }

    /** The same, made from one thing more. */
    public AppliedSpec with(Aspect aspect, String text) {
        Map<Aspect, String> more = new EnumMap<>(aspects);
        more.put(aspect, text);
        return new AppliedSpec(more, image, previous);
    }

    private static String joined(Stream<String> parts) {
        return String.join(",", parts.sorted().toList());
    }

    private static String digest(String text) {
        return Digest.of(6, text);
    }

    /** By which it is noticed that a secret was exchanged. Short: too many others have the same for it to be found by trying. */
    public static String fingerprint(String... parts) {
        return Digest.of(3, parts);
    }

    /** What {@code wanted} has otherwise. */
    public List<Difference> differences(AppliedSpec wanted) {
        return wanted.aspects.entrySet().stream()
                .filter(now -> aspects.containsKey(now.getKey())
                        && !aspects.get(now.getKey()).equals(now.getValue()))
                .map(now -> new Difference(now.getKey(), shownAs(now.getKey(), of(now.getKey())), now.getValue()))
                .toList();
    }

    /** An older lab noted a repository's URL with the credentials in it. */
    private static String shownAs(Aspect aspect, String text) {
        return aspect == Aspect.PROVISION ? Credentials.hiddenIn(text) : text;
    }

    /** A digest as people are shown it. */
    public static String shortly(String digest) {
        return digest.substring(0, Math.min(12, digest.length()));
    }

    /**
     * This, when it takes the place of {@code before}. A node that {@code lab upgrade} gave an image keeps it until cluster.yaml asks for
     * another one than it did then.
     */
    public AppliedSpec after(AppliedSpec before) {
        boolean asked = !before.aspects.getOrDefault(Aspect.IMAGE, "").equals(aspects.get(Aspect.IMAGE));
        return asked
                ? new AppliedSpec(aspects, image, before.image)
                : new AppliedSpec(aspects, before.image, before.previous);
    }

    /** The same with {@code some} aspects as {@code other} has them. */
    public AppliedSpec with(AppliedSpec other, Aspect... some) {
        Map<Aspect, String> mixed = new EnumMap<>(aspects);
        for (Aspect aspect : some) {
            mixed.put(aspect, other.of(aspect));
        }
        return new AppliedSpec(mixed, image, previous);
    }

    /** The same node, booted from {@code digest}. */
    public AppliedSpec booting(String digest) {
        return new AppliedSpec(aspects, digest, image);
    }

    /** Whether {@code lab upgrade} or {@code lab rollback} gave it another image than cluster.yaml did. */
    public boolean hasOwnImage() {
        return !image.equals(aspects.getOrDefault(Aspect.IMAGE, image));
    }

    /** The value of one aspect; empty where it is not known. */
    public String of(Aspect aspect) {
        return aspects.getOrDefault(aspect, "");
    }
}

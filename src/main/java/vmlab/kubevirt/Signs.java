package vmlab.kubevirt;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import vmlab.plan.AppliedSpec;
import vmlab.plan.Aspect;
import vmlab.plan.Mark;
import vmlab.spec.Specs;

/** Our mark on an object: a label by which all of them are found, and annotations that say whose each is and what it was made from. */
final class Signs {

    /** The label; its value is the lab's name. */
    static final String LAB = "lab.k0s/name";

    private static final String MARK = "lab.k0s/mark";
    private static final String MADE = "lab.k0s/made";
    private static final JsonMapper JSON = new JsonMapper();

    private Signs() {}

    /** What an object of a lab begins with. */
    static ObjectMetaBuilder on(Mark mark, String namespace, String name) {
        return new ObjectMetaBuilder()
                .withNamespace(namespace)
                .withName(name)
                .withLabels(labels(mark))
                .withAnnotations(annotations(mark));
    }

    static Map<String, String> labels(Mark mark) {
        return Map.of(LAB, mark.lab());
    }

    static Map<String, String> annotations(Mark mark) {
        return Map.of(MARK, JSON.valueToTree(mark).toString());
    }

    /** Of a machine. */
    static Map<String, String> annotations(Mark mark, AppliedSpec made) {
        ObjectNode json = JSON.createObjectNode().put("image", made.image()).put("previous", made.previous());
        ObjectNode aspects = json.putObject("aspects");
        made.aspects().forEach((aspect, text) -> aspects.put(aspect.name(), text));
        Map<String, String> both = new TreeMap<>(annotations(mark));
        both.put(MADE, json.toString());
        return both;
    }

    /** The mark that an object carries. What names a lab or a node that can be none, lab never wrote. */
    static Optional<Mark> mark(HasMetadata object) {
        return json(object, MARK)
                .map(json -> new Mark(
                        json.path("lab").asText(),
                        json.path("id").asText(),
                        json.path("home").asText(),
                        json.path("node").asText(),
                        json.path("hash").asText(),
                        json.path("version").asText()))
                .filter(mark -> Specs.isName(mark.lab()) && (mark.node().isEmpty() || Specs.isName(mark.node())));
    }

    static AppliedSpec made(HasMetadata object) {
        Optional<JsonNode> json = json(object, MADE);
        if (json.isEmpty()) {
            return AppliedSpec.UNKNOWN;
        }
        Map<Aspect, String> aspects = new EnumMap<>(Aspect.class);
        // Another version of lab may know more.
        json.get().path("aspects").properties().forEach(entry -> Stream.of(Aspect.values())
                .filter(aspect -> aspect.name().equals(entry.getKey()))
                .forEach(aspect -> aspects.put(aspect, entry.getValue().asText())));
        return new AppliedSpec(
                aspects,
                json.get().path("image").asText(),
                json.get().path("previous").asText());
    }

    private static Optional<JsonNode> json(HasMetadata object, String annotation) {
        Map<String, String> all = object.getMetadata().getAnnotations();
        try {
            return all == null || !all.containsKey(annotation)
                    ? Optional.empty()
                    : Optional.of(JSON.readTree(all.get(annotation)));
        } catch (JsonProcessingException others) {
            return Optional.empty();
        }
    }
}

package vmlab.registry;

import java.util.List;

/** What is said of an image that a pod asks for and that the store lacks: which, and the command that brings it. */
final class MissingImage {

    private MissingImage() {}

    static String text(String name, String why, List<String> similar) {
        String known = similar.isEmpty() ? "" : " (there is " + String.join(", ", similar) + ")";
        return "lab has no image " + name + known + "; " + why + "; lab images pull " + name
                + " fetches it from its registry, lab load brings it from this machine";
    }
}

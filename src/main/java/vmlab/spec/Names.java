package vmlab.spec;

import java.util.Set;
import java.util.regex.Pattern;

/** What names may look like. */
final class Names {

    private static final String RULE =
            "lower-case letters, digits and dashes, at most 31, a letter first, no dash last";

    private static final Pattern SHAPE = Pattern.compile("[a-z](?:[a-z0-9-]{0,29}[a-z0-9])?");

    /** Of clusters, nodes and recipes: they become host names, and parts of libvirt's and of files' names. */
    static final Type<String> NAME = Type.matching(SHAPE, RULE);

    /** That a machine's own files or the cluster give a meaning to already: what asks for them would get the wrong one. */
    private static final Set<String> TAKEN = Set.of(
            "localhost",
            "ip6-localhost",
            "ip6-loopback",
            "ip6-localnet",
            "ip6-mcastprefix",
            "ip6-allnodes",
            "ip6-allrouters",
            "kubernetes");

    /** Of nodes: a name that means nothing else there. */
    static final Type<String> NODE = NAME.as(name -> {
        if (TAKEN.contains(name)) {
            throw new InvalidValue(
                    "'" + name + "' has a meaning of its own on every node: programs there would take it for another",
                    "choose another, like cp");
        }
        return name;
    });

    /** Whether {@code text} is the name of a cluster, a node or a recipe. */
    static boolean isName(String text) {
        return SHAPE.matcher(text).matches();
    }

    /** Of packages, with a version or a repository where the tool has such: {@code curl=8.1-1}, {@code htop@edge}, {@code @core}. */
    static final Type<String> PACKAGE =
            Type.matching(Pattern.compile("[A-Za-z0-9@][A-Za-z0-9+._@=:~/-]*"), "the name of a package");

    /** Of services, kernel modules and dracut modules. */
    static final Type<String> MODULE =
            Type.matching(Pattern.compile("[A-Za-z0-9][A-Za-z0-9+._-]*"), "a name of letters, digits and . _ + -");

    private Names() {}
}

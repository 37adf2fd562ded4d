package vmlab.run;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The environment of the programs that lab starts: made, not inherited, so that what a shell, a git hook or a CI system left there means
 * nothing to them. Every process begins here. The launcher makes its own in the same way (scripts/environment.bash).
 */
public final class Environment {

    /** What is kept, as the launcher's patterns have it. */
    static final List<String> KEPT = List.of(
            // Who and where one is; what is lab's own.
            "PATH HOME USER LOGNAME SHELL PWD OLDPWD SHLVL _ TZ TMPDIR CI LAB_* XDG_* SUDO_*",
            // The terminal and the desktop.
            "TERM COLORTERM NO_COLOR COLUMNS LINES DISPLAY WAYLAND_DISPLAY XAUTHORITY DBUS_SESSION_BUS_ADDRESS BROWSER",
            // What else the user has chosen: clusters, hypervisors, containers, the way to the internet.
            "KUBECONFIG LIBVIRT_DEFAULT_URI LIBVIRT_AUTH_FILE SSH_AUTH_SOCK",
            "DOCKER_* CONTAINER_* CONTAINERS_* REGISTRY_AUTH_FILE",
            // By these the clouds' credential helpers know who asks a registry.
            "AWS_* GOOGLE_* CLOUDSDK_* AZURE_*",
            "@(http|https|all|no)_proxy @(HTTP|HTTPS|ALL|NO)_PROXY SSL_CERT_FILE SSL_CERT_DIR CURL_CA_BUNDLE",
            "GIT_CONFIG_GLOBAL GIT_CONFIG_SYSTEM GIT_CONFIG_NOSYSTEM APT_CONFIG SOURCE_DATE_EPOCH",
            // What builds lab and the stand-in.
            "JAVA_HOME MAVEN_OPTS MAVEN_ARGS GOPROXY GONOPROXY GOSUMDB GONOSUMDB GOPRIVATE GOINSECURE GOAUTH GOPATH GOCACHE"
                    + " GOMODCACHE GOTOOLCHAIN");

    private static final Predicate<String> IS_KEPT = Pattern.compile(KEPT.stream()
                    .flatMap(line -> Pattern.compile(" ").splitAsStream(line))
                    .map(name -> name.replace("*", "[A-Za-z0-9_]*").replace("@(", "("))
                    .collect(Collectors.joining("|")))
            .asMatchPredicate();

    private Environment() {}

    /** A program to be started. */
    public static ProcessBuilder process(String... command) {
        return process(List.of(command));
    }

    /** The same. */
    public static ProcessBuilder process(List<String> command) {
        ProcessBuilder builder = new ProcessBuilder(command);
        Map<String, String> made = made(builder.environment());
        builder.environment().clear();
        builder.environment().putAll(made);
        return builder;
    }

    /** What is kept of {@code given}, with a language in which programs say the same to everyone and take names for UTF-8. */
    static Map<String, String> made(Map<String, String> given) {
        Map<String, String> made = new TreeMap<>(given);
        made.keySet().removeIf(IS_KEPT.negate());
        made.put("LC_ALL", "C.UTF-8");
        return made;
    }
}

package vmlab.make;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BinaryOperator;
import java.util.stream.Collectors;
import vmlab.boot.BootConfig;
import vmlab.plan.Plan;
import vmlab.spec.Provision;

/** What a node is told of the repository that it provisions itself from: the text of its /etc/conf.d/provision. */
final class ProvisionFiles {

    /** Where the key to the repository lies on the node. */
    static final String KEY = "etc/lab/provision.key";

    /** Where the names and host keys of its server lie. */
    static final String KNOWN_HOSTS = "etc/lab/provision.known_hosts";

    private ProvisionFiles() {}

    /** The settings, one a line; empty where nothing is to be provisioned. */
    static String settings(Plan plan) {
        return settings(plan, ServiceSettings::line, "");
    }

    /** The same on one line, as people are shown it. */
    static String shown(Plan plan) {
        return settings(plan, (name, value) -> name + "=\"" + value + "\"", " ");
    }

    private static String settings(Plan plan, BinaryOperator<String> line, String between) {
        return plan.cluster()
                .provision()
                .map(provision -> settings(plan, provision).entrySet().stream()
                        .map(entry -> line.apply(entry.getKey(), entry.getValue()))
                        .collect(Collectors.joining(between)))
                .orElse("");
    }

    /** A folder of this machine is served under one name, so which one it is, and which ref, is no matter of the node's. */
    private static Map<String, String> settings(Plan plan, Provision provision) {
        Map<String, String> settings = new LinkedHashMap<>();
        boolean isLocal = provision.isLocal();
        settings.put("PROVISION_URL", isLocal ? BootConfig.gitUrl(plan.network()) : provision.git());
        settings.put("PROVISION_REF", isLocal ? Provision.DEFAULT_REF : provision.ref());
        settings.put("PROVISION_SCRIPT", provision.script());
        settings.put("PROVISION_TIMEOUT", Long.toString(provision.timeout().toSeconds()));
        if (provision.key().isPresent() || provision.credentials().isPresent()) {
            settings.put("PROVISION_KEY", "/" + KEY);
        }
        provision.knownHosts().ifPresent(hosts -> settings.put("PROVISION_KNOWN_HOSTS", "/" + KNOWN_HOSTS));
        return settings;
    }
}

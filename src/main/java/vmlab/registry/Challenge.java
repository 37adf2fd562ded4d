package vmlab.registry;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How a registry wants to be asked: {@code WWW-Authenticate: Bearer realm="…",service="…",scope="…"}, or {@code Basic}. */
record Challenge(boolean isBearer, Map<String, String> parameters) {

    private static final Pattern PARAMETER = Pattern.compile("([a-zA-Z_]+)=(?:\"([^\"]*)\"|([^,\\s]+))");

    static Challenge of(String header) {
        Map<String, String> parameters = new HashMap<>();
        Matcher found = PARAMETER.matcher(header);
        while (found.find()) {
            parameters.put(
                    found.group(1).toLowerCase(Locale.ROOT),
                    Optional.ofNullable(found.group(2)).orElse(found.group(3)));
        }
        return new Challenge(header.toLowerCase(Locale.ROOT).startsWith("bearer"), parameters);
    }

    /** Where a token is to be had, for someone who may pull from {@code repository}. */
    Optional<URI> realm(String repository) {
        String realm = parameters.getOrDefault("realm", "");
        return WebAddress.of(realm + (realm.contains("?") ? "&" : "?") + query(repository))
                .filter(WebAddress::isOne);
    }

    String query(String repository) {
        String scope = parameters.getOrDefault("scope", "repository:" + repository + ":pull");
        return "service=" + encoded(parameters.getOrDefault("service", "")) + "&scope=" + encoded(scope);
    }

    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}

package vmlab.registry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpResponse;
import java.nio.channels.UnresolvedAddressException;
import java.util.Optional;
import javax.net.ssl.SSLException;
import vmlab.run.LabFailure;
import vmlab.spec.ImageName;

/**
 * Why an image can't be pulled or pushed, in words for whoever wants it.
 *
 * @param isPush whether it is on its way there
 */
record RegistryFailures(ImageName name, boolean hasLogin, boolean isPush) {

    private static final int LONGEST = 2000;

    static RegistryFailures ofPull(ImageName name, boolean hasLogin) {
        return new RegistryFailures(name, hasLogin, false);
    }

    /** That it can't. */
    String what() {
        return name + " can't be " + (isPush ? "pushed" : "pulled");
    }

    /** What is set as a proxy is none. */
    LabFailure noProxy(String why) {
        return LabFailure.machine(
                what(),
                why,
                "write it like http://proxy.example:3128, an @ in its password as %40; or name the registry in no_proxy");
    }

    /** The registry can't be reached, or the proxy that was to ask it. */
    LabFailure away(URI url, Optional<URI> proxy, IOException error) {
        if (error instanceof SSLException) {
            return LabFailure.machine(
                            what(),
                            url.getAuthority() + " is not trusted: " + error.getMessage(),
                            "put its CA's certificate where docker looks for it, /etc/docker/certs.d/"
                                    + url.getAuthority() + "/ca.crt, or name the file by SSL_CERT_FILE")
                    .causedBy(error);
        }
        Throwable cause = error;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        String why;
        if (cause instanceof UnresolvedAddressException || cause instanceof UnknownHostException) {
            why = "its name can't be resolved";
        } else if (error instanceof ConnectException && error.getMessage() == null) {
            why = "nobody answers";
        } else {
            why = String.valueOf(error.getMessage() == null ? cause : error.getMessage());
        }
        String through = proxy.map(
                        it -> " through the proxy " + it.getHost() + (it.getPort() < 0 ? "" : ":" + it.getPort()))
                .orElse("");
        return LabFailure.machine(
                        what(),
                        url.getAuthority() + " can't be reached" + through + ": " + why,
                        "see whether this machine has a way there (HTTPS_PROXY, NO_PROXY), or bring the image with lab load")
                .causedBy(error);
    }

    /** What the registry sent has ended too early. */
    LabFailure brokenOff(URI url, String why) {
        return LabFailure.machine(
                what(), url.getAuthority() + " " + why, "try again, or bring the image with lab load");
    }

    /** The registry sends whoever asks to where nothing can be. */
    LabFailure misled(URI url, String location) {
        return LabFailure.machine(
                what(),
                url.getAuthority() + " redirects to '" + location + "', which is no address",
                "see whether that is a registry, or a proxy answers in its place");
    }

    /** What the registry has under that name is no image that can be used. */
    LabFailure noImage(NoImage error) {
        return Trouble.noImage(
                what(),
                error,
                "see whether " + name.registry()
                        + " is a registry, or a proxy answers in its place; else push it there anew");
    }

    /** The registry answered with something else than what was asked for. */
    LabFailure of(URI url, HttpResponse<InputStream> answer) {
        String why = "%s answered %s%s".formatted(url.getAuthority(), answer.statusCode(), said(answer));
        return switch (answer.statusCode()) {
            case 401, 403 ->
                LabFailure.input(
                        what(),
                        why,
                        hasLogin
                                ? "the login that docker has for " + name.registry() + " may not "
                                        + (isPush ? "push" : "pull") + " it: docker login "
                                        + name.registry()
                                : "docker login " + name.registry() + ", if it is private; the name may be wrong too");
            case 404 ->
                LabFailure.input(
                        what(),
                        why,
                        isPush
                                ? "see whether " + name.registry() + " has a repository " + name.repository()
                                        + ": some want it made before"
                                : "correct its name: neither a tag nor a digest leads to it there");
            case 429 ->
                LabFailure.machine(
                        what(),
                        why
                                + answer.headers()
                                        .firstValue("Retry-After")
                                        .map(after ->
                                                ", again " + (after.matches("[0-9]+") ? "in " + after + " s" : after))
                                        .orElse(""),
                        "wait, or docker login " + name.registry() + ": it allows more to those whom it knows");
            default ->
                LabFailure.machine(
                        what(), why, isPush ? "try again later" : "try again later, or bring the image with lab load");
        };
    }

    /** The registry's own words, where it has some. */
    private static String said(HttpResponse<InputStream> answer) {
        try (InputStream body = answer.body()) {
            JsonNode error = new JsonMapper()
                    .readTree(body.readNBytes(LONGEST))
                    .path("errors")
                    .path(0);
            String message = error.path("message").asText(error.path("code").asText());
            return message.isEmpty() ? "" : ": " + message;
        } catch (IOException noJson) {
            return "";
        }
    }
}

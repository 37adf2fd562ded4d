package vmlab.registry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import vmlab.run.Environment;
import vmlab.run.LabFailure;

/**
 * The user's own logins at registries, as {@code docker login} and {@code podman login} keep them: {@code config.json} and
 * {@code auth.json}, with credential helpers. Nothing of them is kept or shown.
 *
 * @param files those that are looked at, in this order
 * @param limit for a credential helper to answer
 * @param helpers what their names begin with: the folder, where PATH does not have them
 */
record DockerLogin(List<Path> files, Duration limit, String helpers) {

    private static final Duration LIMIT = Duration.ofSeconds(30);

    /** Docker Hub's, by which its login is kept. */
    private static final List<String> HUB =
            List.of("https://index.docker.io/v1/", "index.docker.io", "docker.io", "registry-1.docker.io");

    /** A user's name and password, or a token that is good for others ({@code user} is empty then). */
    record Login(String user, String secret) {

        String basic() {
            return "Basic "
                    + Base64.getEncoder().encodeToString((user + ":" + secret).getBytes(StandardCharsets.UTF_8));
        }

        boolean isToken() {
            return user.isEmpty();
        }

        @Override
        public String toString() {
            return "login of " + user;
        }
    }

    /** Those of this user. */
    static DockerLogin ofUser(Map<String, String> env) {
        Path home = Path.of(env.getOrDefault("HOME", System.getProperty("user.home")));
        Stream<Optional<Path>> files = Stream.of(
                set(env, "REGISTRY_AUTH_FILE"),
                set(env, "DOCKER_CONFIG")
                        .map(folder -> folder.resolve("config.json"))
                        .or(() -> Optional.of(home.resolve(".docker/config.json"))),
                set(env, "XDG_RUNTIME_DIR").map(folder -> folder.resolve("containers/auth.json")),
                Optional.of(home.resolve(".config/containers/auth.json")));
        return new DockerLogin(files.flatMap(Optional::stream).toList(), LIMIT, "");
    }

    private static Optional<Path> set(Map<String, String> env, String variable) {
        return Optional.ofNullable(env.get(variable))
                .filter(value -> !value.isEmpty())
                .map(Path::of);
    }

    /** The login at {@code registry}, as names of images have it. */
    Optional<Login> at(String registry) throws InterruptedException {
        for (Path file : files) {
            if (Files.isRegularFile(file)) {
                Optional<Login> login = in(file, registry);
                if (login.isPresent()) {
                    return login;
                }
            }
        }
        return Optional.empty();
    }

    private Optional<Login> in(Path file, String registry) throws InterruptedException {
        JsonNode json;
        try {
            json = new JsonMapper().readTree(Files.readAllBytes(file));
        } catch (IOException error) {
            throw LabFailure.input(
                    "the logins at registries can't be read",
                    file + ": "
                            + String.valueOf(error.getMessage())
                                    .lines()
                                    .findFirst()
                                    .orElse(""),
                    "correct the file, or write it anew: docker login " + registry);
        }
        List<String> keys = registry.equals("docker.io")
                ? HUB
                : List.of(
                        registry,
                        "https://" + registry,
                        "https://" + registry + "/v1/",
                        "https://" + registry + "/v2/");
        for (String key : keys) {
            String helper = json.path("credHelpers").path(key).asText();
            if (!helper.isEmpty()) {
                return ask(helper, key);
            }
            Optional<Login> login = kept(json.path("auths").path(key));
            if (login.isPresent()) {
                return login;
            }
        }
        String store = json.path("credsStore").asText();
        return store.isEmpty() ? Optional.empty() : ask(store, keys.getFirst());
    }

    private static Optional<Login> kept(JsonNode entry) {
        if (!entry.path("identitytoken").asText().isEmpty()) {
            return Optional.of(new Login("", entry.path("identitytoken").asText()));
        }
        if (!entry.path("username").asText().isEmpty()) {
            return Optional.of(new Login(
                    entry.path("username").asText(), entry.path("password").asText()));
        }
        try {
            String[] words = new String(
                            Base64.getDecoder().decode(entry.path("auth").asText()), StandardCharsets.UTF_8)
                    .split(":", 2);
            return words.length == 2 ? Optional.of(new Login(words[0], words[1])) : Optional.empty();
        } catch (IllegalArgumentException noBase64) {
            return Optional.empty();
        }
    }

    /** What a credential helper says; one that knows nothing of the registry fails. */
    private Optional<Login> ask(String helper, String key) throws InterruptedException {
        if (!helper.matches("[A-Za-z0-9_-]+")) {
            return Optional.empty();
        }
        String program = "docker-credential-" + helper;
        Process asked;
        try {
            asked = Environment.process(helpers + program, "get")
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
        } catch (IOException missing) {
            throw LabFailure.machine(
                    "the login at " + key + " can't be read",
                    "docker's settings name the credential helper " + program + ", which can't be run",
                    "install it, or take it out of docker's config.json and log in anew");
        }
        try {
            try (OutputStream in = asked.getOutputStream()) {
                in.write(key.getBytes(StandardCharsets.UTF_8));
            }
            CompletableFuture<byte[]> said = new CompletableFuture<>();
            Thread.startVirtualThread(() -> said.complete(said(asked)));
            if (!asked.waitFor(limit.toSeconds(), TimeUnit.SECONDS)) {
                throw LabFailure.machine(
                        "the login at " + key + " can't be read",
                        "docker's credential helper " + program + " did not end within " + limit.toSeconds() + " s",
                        "see what it waits for: echo " + key + " | " + program + " get");
            }
            if (asked.exitValue() != 0) {
                return Optional.empty();
            }
            JsonNode json = new JsonMapper().readTree(said.join());
            String user = json.path("Username").asText();
            return Optional.of(new Login(
                    user.equals("<token>") ? "" : user, json.path("Secret").asText()));
        } catch (IOException garbage) {
            return Optional.empty();
        } finally {
            asked.destroyForcibly();
        }
    }

    private static byte[] said(Process helper) {
        try {
            return helper.getInputStream().readAllBytes();
        } catch (IOException ended) {
            return new byte[0];
        }
    }
}

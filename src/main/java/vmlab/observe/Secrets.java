package vmlab.observe;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import vmlab.plan.LabFolder;
import vmlab.spec.Credentials;

/** The secrets of one lab, and what looks like one of somebody else's: neither gets into a bundle. */
final class Secrets {

    static final String PUT = Credentials.HIDDEN;
    private static final int SHORTEST = 16;

    /** Private keys, crypt(3) hashes, bearer and bootstrap tokens, and what a name says is secret. */
    private static final List<Pattern> SHAPES = List.of(
            Pattern.compile("(?s)-----BEGIN [A-Z ]*PRIVATE KEY-----.*?(-----END [A-Z ]*PRIVATE KEY-----|$)"),
            Pattern.compile("\\$(?:y|2[aby]|5|6|7)\\$[./A-Za-z0-9$=,]{8,}"),
            Pattern.compile("(?i)(?<=bearer )[A-Za-z0-9._~+/=-]{16,}"),
            Pattern.compile("\\b[a-z0-9]{6}\\.[a-z0-9]{16}\\b"),
            Pattern.compile("(?i)(?<=(?:client-key-data|token|password|secret): ?[\"']?)[^\\s\"',}]{8,}"));

    private final List<String> known;

    private Secrets(List<String> known) {
        this.known = known;
    }

    /** Every secret that lies in the lab's folder: private keys, tokens, credentials, line by line. */
    static Secrets of(LabFolder folder) {
        TreeSet<String> words =
                new TreeSet<>(Comparator.comparingInt(String::length).reversed().thenComparing(s -> s));
        if (Files.isDirectory(folder.path())) {
            try (Stream<Path> files = Files.walk(folder.path(), 3)) {
                for (Path file : files.filter(Secrets::isSecret).toList()) {
                    Files.readString(file)
                            .lines()
                            .filter(line -> !line.contains("-----") && !line.contains("certificate-"))
                            .flatMap(line -> Stream.of(line.split("[\\s\"':,.]+")))
                            .filter(word -> word.length() >= SHORTEST)
                            .forEach(words::add);
                }
            } catch (IOException error) {
                throw new UncheckedIOException(error);
            }
        }
        return new Secrets(List.copyOf(words));
    }

    private static boolean isSecret(Path file) {
        String name = file.getFileName().toString();
        return Files.isRegularFile(file)
                && (name.endsWith(".key")
                        || name.endsWith("host_key")
                        || name.startsWith("id_") && !name.endsWith(".pub")
                        || name.contains("token")
                        || name.endsWith("kubeconfig"));
    }

    /** The text without any of them. */
    String hiddenIn(String text) {
        String hidden = text;
        for (String secret : known) {
            hidden = hidden.replace(secret, PUT);
        }
        for (Pattern shape : SHAPES) {
            hidden = shape.matcher(hidden).replaceAll(PUT);
        }
        return Credentials.hiddenIn(hidden);
    }
}

package vmlab.spec;

import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Pattern;

/** Reads {@code provision}. */
final class ProvisionReader {

    private static final Pattern REMOTE = Pattern.compile("[A-Za-z][A-Za-z0-9+]*://.+|[^/:@-][^/:@]*@[^/:]+:.+");
    private static final Pattern SUPPORTED =
            Pattern.compile("(https?|ssh)://[^\\s'\"\\\\$`]+|[^/:@\\s-][^/:@\\s]*@[^/:\\s]+:[^\\s'\"\\\\$`]+");
    private static final Pattern PASSWORD = Pattern.compile("[a-z]+://[^/@]*:[^/]*@.*");
    private static final Type<String> REF =
            Type.matching(Pattern.compile("[A-Za-z0-9][A-Za-z0-9._/+-]*"), "a branch, tag or commit");
    private static final Type<String> SCRIPT = Type.matching(
            Pattern.compile("(?!.*(^|/)\\.\\.(/|$))[A-Za-z0-9._][A-Za-z0-9._/ +-]*"), "a path within the repository");
    private static final Type<Duration> DURATION = Type.text().as(Timeouts::parse);

    private ProvisionReader() {}

    static Type<Provision> in(Path file) {
        return Type.mapping(fields -> read(file, fields));
    }

    private static Provision read(Path file, Fields fields) {
        var git = fields.require("git", git(), "./post-boot");
        // Beside a key it is the name of whom the key is.
        var credentials = git.filter(
                        url -> !fields.has("key") || PASSWORD.matcher(url).matches())
                .flatMap(Credentials::in);
        var provision = new Provision(
                git.map(url -> credentials.isPresent() ? Credentials.without(url) : url)
                        .orElse(""),
                fields.read("ref", REF).orElse(Provision.DEFAULT_REF),
                fields.read("path", SCRIPT),
                credentials,
                fields.read("key", Neighbour.FILE),
                fields.read("knownHosts", Neighbour.FILE),
                fields.read("timeout", DURATION).orElse(Provision.DEFAULT_TIMEOUT));
        if (git.isPresent()) {
            checkAccess(fields, provision);
            checkPassword(fields, provision, git.get());
        }
        return provision;
    }

    /** A key that is never asked for, and a server that nobody would be sure of. */
    private static void checkAccess(Fields fields, Provision provision) {
        if (provision.isSsh() && provision.key().isEmpty()) {
            fields.problem("git", "is asked over SSH, and no key is given", "write key: ./deploy_key");
        }
        if (provision.isSsh() && provision.knownHosts().isEmpty()) {
            fields.problem(
                    "git",
                    "is asked over SSH, and nothing says who answers",
                    "write knownHosts: with ssh-keyscan's lines");
        }
        if (provision.isLocal() && fields.has("key")) {
            fields.problem("key", "has no effect: a folder of this machine is served to the lab alone", "remove it");
        }
        if (!provision.isSsh() && fields.has("knownHosts")) {
            fields.problem("knownHosts", "has no effect without SSH", "remove it");
        }
    }

    /** One that nobody would read. */
    private static void checkPassword(Fields fields, Provision provision, String url) {
        if (provision.isSsh() && PASSWORD.matcher(url).matches()) {
            fields.problem("git", "has a password, and ssh reads none from a URL", "remove it: ssh shows the key");
        }
        if (provision.credentials().isPresent() && fields.has("key")) {
            fields.problem("git", "has a password, and key gives one too", "remove one of them");
        }
    }

    private static Type<String> git() {
        return (value, problems) -> value instanceof Value.Scalar scalar
                        && REMOTE.matcher(scalar.text()).matches()
                ? Type.matching(SUPPORTED, "an https, http or ssh URL without quotes and blanks")
                        .read(value, problems)
                : Neighbour.FOLDER.as(Path::toString).read(value, problems);
    }
}

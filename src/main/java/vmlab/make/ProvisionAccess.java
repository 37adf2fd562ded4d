package vmlab.make;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import vmlab.plan.AppliedSpec;
import vmlab.run.LabFailure;
import vmlab.spec.Credentials;
import vmlab.spec.Provision;

/** What opens the repository that nodes provision themselves from, read anew each time: a key is exchanged where it lies. */
final class ProvisionAccess {

    private ProvisionAccess() {}

    /** The contents of the key that nodes get; empty where they need none. */
    static String key(Provision provision) {
        return provision
                .key()
                .map(file -> read("key", file))
                .or(() -> provision.credentials().map(Credentials::line).map(line -> line + "\n"))
                .orElse("");
    }

    /** Whom to believe that it is the server, as ssh has it. */
    static String knownHosts(Provision provision) {
        return provision.knownHosts().map(file -> read("knownHosts", file)).orElse("");
    }

    /** By which another key or another known host is noticed. */
    static String fingerprint(Optional<Provision> provision) {
        return provision
                .filter(some -> !key(some).isEmpty() || some.knownHosts().isPresent())
                .map(some -> AppliedSpec.fingerprint(key(some), knownHosts(some)))
                .orElse("");
    }

    private static String read(String field, Path file) {
        try {
            return Files.readString(file);
        } catch (IOException error) {
            throw LabFailure.input(
                            "provision." + field + " can't be read",
                            error.getClass().getSimpleName() + ": " + error.getMessage(),
                            "see whether " + file + " is there, text, and yours to read")
                    .causedBy(error);
        }
    }
}

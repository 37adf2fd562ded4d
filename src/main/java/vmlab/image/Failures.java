package vmlab.image;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import vmlab.run.LabFailure;

/** What goes wrong while images are made, said so that a user knows what to do about it. */
final class Failures {

    private record Sign(String words, String next, boolean machine) {}

    private static final String MIRROR =
            "see whether this machine reaches where its packages come from, which the lines above name";
    private static final List<Sign> SIGNS = List.of(
            new Sign("no space left on device", "make room, or set LAB_CACHE to a folder on a larger disk", true),
            new Sign("enough free space", "make room, or set LAB_CACHE to a folder on a larger disk", true),
            new Sign("unable to locate package", "correct the recipe's packages, or its suite", false),
            new Sign("has no installation candidate", "correct the recipe's packages, or its suite", false),
            new Sign("the recipe's packages or sources", "correct the recipe's packages, or its sources", false),
            new Sign("has no /etc/init.d/", "correct the recipe's services, or add the script to an overlay", false),
            new Sign("could not resolve", MIRROR, true),
            new Sign("temporary failure resolving", MIRROR, true),
            new Sign("no such host", MIRROR, true),
            new Sign("pinging container registry", MIRROR, true),
            new Sign("could not connect", MIRROR, true),
            new Sign("unable to connect", MIRROR, true),
            new Sign("connection failed", MIRROR, true),
            new Sign("failed to fetch", MIRROR, true),
            new Sign("does not have a release file", "correct the recipe's suite", false),
            new Sign(
                    "go is missing",
                    "scripts/setup --standin installs Go; any from 1.21 on fetches the version that the stand-in needs",
                    true),
            new Sign("is missing on this machine", "scripts/setup installs what builds need", true),
            new Sign(
                    "cannot run program",
                    "see whether it lies where programs may be run: not on a file system mounted noexec",
                    true),
            new Sign("mounted noexec", "set LAB_CACHE to a folder where programs may be run", true),
            new Sign("building without root", "scripts/setup prepares this account, or build as root once", true));

    private Failures() {}

    /** A script's failure; {@code lines} are its last. */
    static LabFailure ofScript(String what, List<String> lines, String otherwise) {
        String why = lines.isEmpty() ? "it said nothing" : String.join("\n", lines);
        for (Sign sign : SIGNS) {
            if (why.toLowerCase(Locale.ROOT).contains(sign.words())) {
                return sign.machine()
                        ? LabFailure.machine(what, why, sign.next())
                        : LabFailure.input(what, why, sign.next());
            }
        }
        return LabFailure.lab(what, why, otherwise);
    }

    /** A build's failure, with the place of its log. */
    static LabFailure ofBuild(String what, List<String> lines, Optional<UnknownPackage> unknown, Optional<Path> log) {
        String all = log.map(file -> "all that was said: " + file).orElse("the lines above are all that was said");
        LabFailure failure = ofScript(what, lines, all);
        if (unknown.isPresent()) {
            return LabFailure.input(what, failure.why(), unknown.get().next());
        }
        return failure.next().equals(all) || log.isEmpty() ? failure : failure.withNext(failure.next() + "; " + all);
    }

    /** A failure to read or write files. */
    static LabFailure ofFiles(String what, IOException error) {
        return ofScript(what, List.of(String.valueOf(error)), "see whether the folder named can be read and written")
                .causedBy(error);
    }
}

package vmlab.cli;

import vmlab.run.LabFailure;
import vmlab.run.Printable;
import vmlab.spec.Shipped;

/** How a failure is told: what and where, why, what next. */
final class FailureText {

    private FailureText() {}

    static String of(LabFailure failure) {
        String where = failure.node().map(node -> node + ": ").orElse("");
        return "lab: %s%s%n  why:  %s%n  next: %s%n"
                .formatted(
                        where,
                        Printable.text(failure.what()),
                        indented(failure.why()),
                        indented(Shipped.fromHere(failure.next())));
    }

    private static String indented(String text) {
        return Printable.text(text).strip().replace("\n", System.lineSeparator() + "        ");
    }
}

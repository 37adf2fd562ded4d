package vmlab.gc;

import vmlab.run.LabFailure;

/**
 * Something that was left alone.
 *
 * @param failed whether it was to go and could not be removed
 */
public record Spared(String what, String why, String next, boolean failed) {

    static Spared of(String what, String why, String next) {
        return new Spared(what, why, next, false);
    }

    static Spared failed(String what, String why, String next) {
        return new Spared(what, why, next, true);
    }

    static Spared of(String what, LabFailure failure) {
        return of(what, failure.what() + ": " + failure.why(), failure.next());
    }

    static Spared failed(String what, LabFailure failure) {
        return failed(what, failure.what() + ": " + failure.why(), failure.next());
    }
}

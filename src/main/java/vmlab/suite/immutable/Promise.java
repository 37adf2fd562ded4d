package vmlab.suite.immutable;

import vmlab.run.LabFailure;

/** One thing that the operating system promises about its files. */
interface Promise {

    /** Its name in every report: {@code usr-read-only}. */
    String name();

    /** What is promised, for whoever reads that it was broken. */
    String words();

    /** Whether only a reboot shows if it is kept. */
    boolean needsReboot();

    /** Looks at the running node and leaves a marker where one is needed. Returns what was seen; a broken promise is thrown. */
    String before(NodeFiles node) throws InterruptedException;

    /** Looks again after a reboot. */
    default String after(NodeFiles node) throws InterruptedException {
        return "";
    }

    /** The failure that names the file by which the promise is broken. */
    default LabFailure broken(String file, String how) {
        return LabFailure.lab(
                file + " " + how,
                "promised: " + words(),
                "lab ssh shows it; lab reboot undoes what was not meant to last");
    }
}

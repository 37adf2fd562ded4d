package vmlab.gc;

/**
 * What is to be collected.
 *
 * @param dryRun only tell
 * @param force also state disks that hold data, of labs whose machines are gone
 * @param old when evidence and reports are old
 * @param keptImages so many images of each recipe stay
 */
record GcOptions(boolean dryRun, boolean force, Age old, int keptImages) {}

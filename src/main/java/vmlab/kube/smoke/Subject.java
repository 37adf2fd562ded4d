package vmlab.kube.smoke;

/**
 * What a cluster has that checks may look at.
 *
 * @param nodes how many
 * @param storage whether a claim for a volume is to get one
 */
record Subject(int nodes, boolean storage) {}

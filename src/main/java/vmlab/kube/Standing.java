package vmlab.kube;

/** How a node comes into its cluster. */
public enum Standing {
    /** The only controller: nobody joins it but workers. */
    ALONE,
    /** The controller that begins a cluster of several. */
    FIRST,
    /** A further controller: it joins one that there is. */
    JOINS,
    /** A worker. */
    WORKER
}

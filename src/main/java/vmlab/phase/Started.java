package vmlab.phase;

/** A lab whose nodes are switched on; {@code fresh} if this run did that to at least one. */
record Started(Bootable lab, boolean fresh) {}

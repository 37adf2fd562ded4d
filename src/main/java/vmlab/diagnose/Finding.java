package vmlab.diagnose;

/** A cause that was found, and the evidence. */
public record Finding(String node, String cause, String what, String evidence, String cure, boolean isFinal) {}

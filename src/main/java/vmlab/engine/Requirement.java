package vmlab.engine;

/**
 * Something that labs need of where they are to be, looked at.
 *
 * @param next what to do about it; empty when it is well
 */
public record Requirement(String subject, boolean well, String evidence, String next) {}

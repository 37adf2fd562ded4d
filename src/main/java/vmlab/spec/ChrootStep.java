package vmlab.spec;

/**
 * Something that a recipe does in the new root once packages, overlays and services are there: {@code {name: clock, run: "ln -sf …"}}.
 *
 * @param name what people read while it runs
 * @param run a script for /bin/sh, which ends at the first command that fails
 */
public record ChrootStep(String name, String run) {}

package vmlab.spec;

/** What a lab is put to, by its name in every report: a {@link Suite} that lab has, or {@link OwnChecks}. */
public sealed interface Tests permits Suite, OwnChecks {}

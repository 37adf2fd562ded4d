package vmlab.profile;

/** What all processes of one name used together. */
public record ProcessUse(String name, int count, CpuTime time) {}

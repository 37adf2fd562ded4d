package vmlab.profile;

import java.time.Duration;
import java.util.List;

/**
 * What a node's processors were used for, as its own kernel counts.
 *
 * @param window between which two moments, by the node's clock
 * @param all what all processors together did, also for interrupts and for processes that ended meanwhile
 * @param processes those that used any, the most first
 */
public record GuestUse(Duration window, CpuTime all, List<ProcessUse> processes) {}

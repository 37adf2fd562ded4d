package vmlab.profile;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import vmlab.libvirt.Domains;

/** What one QEMU, and all processes of this machine together, have used of its processors until now. */
record HostTimes(long nanos, Duration qemu, CpuTime all) {

    static HostTimes now(Domains domains, String domain) {
        try {
            return new HostTimes(
                    System.nanoTime(),
                    domains.processorTime(domain),
                    CpuTime.ofMachine(Files.readString(Path.of("/proc/stat"))));
        } catch (IOException error) {
            throw new UncheckedIOException(error);
        }
    }

    /** What was used since {@code earlier}. */
    HostUse since(HostTimes earlier) {
        return new HostUse(
                Duration.ofNanos(nanos - earlier.nanos),
                qemu.minus(earlier.qemu),
                all.minus(earlier.all).sum(),
                Runtime.getRuntime().availableProcessors());
    }
}

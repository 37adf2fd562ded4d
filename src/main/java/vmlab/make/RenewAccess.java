package vmlab.make;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import vmlab.kube.ClusterKeys;
import vmlab.kube.Kubeconfig;
import vmlab.plan.LabFolder;
import vmlab.run.LabFailure;
import vmlab.run.Run;

/** Renews the administrator's certificates that expired while the lab stood still, or soon will: the host has the CA to sign new ones. */
public record RenewAccess(LabFolder folder, Clock clock) {

    /** What a certificate must still be good for. */
    static final Duration SPARE = Duration.ofDays(30);

    /** Says on {@code run} what it renewed, in each of the two kubeconfigs that are there. */
    public void renew(Run run) {
        for (Path file : new Path[] {folder.ownKubeconfig(), folder.kubeconfig()}) {
            if (Files.exists(file)) {
                renew(file, run);
            }
        }
    }

    private void renew(Path file, Run run) {
        Kubeconfig access = Kubeconfig.read(file);
        Instant end = access.validUntil();
        if (end.isAfter(clock.instant().plus(SPARE))) {
            return;
        }
        ClusterKeys keys = ClusterKeys.read(folder.pki());
        Instant last = keys.validUntil();
        if (last.isBefore(clock.instant())) {
            throw LabFailure.lab(
                    "the cluster's CA has expired",
                    "it was good until " + last,
                    "lab down and lab up make a new cluster; nothing can renew a CA under one");
        }
        keys.adminKubeconfig(access.name(), access.server(), clock).write(file);
        run.note("the certificate in %s %s on %s: renewed"
                .formatted(file.getFileName(), end.isBefore(clock.instant()) ? "expired" : "expires", end));
    }
}

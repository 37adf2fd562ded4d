package vmlab.phase;

import vmlab.run.Phase;
import vmlab.run.Run;

final class AwaitReady implements Phase<ClusterUp, ClusterUp> {
    AwaitReady(Site site) {}

    public String name() {
        return "ready";
    }

    public String doing() {
        return "wait";
    }

    public ClusterUp run(ClusterUp in, Run run) {
        return in;
    }
}

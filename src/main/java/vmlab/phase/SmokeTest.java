package vmlab.phase;

import vmlab.run.Phase;
import vmlab.run.Run;

final class SmokeTest implements Phase<ClusterUp, LabUp> {
    SmokeTest(Site site) {}

    public String name() {
        return "smoke";
    }

    public String doing() {
        return "test";
    }

    public LabUp run(ClusterUp in, Run run) {
        return new LabUp(in.lab().lab().plan(), in.file(), in.lab().fresh());
    }
}

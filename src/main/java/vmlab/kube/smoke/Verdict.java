package vmlab.kube.smoke;

import io.fabric8.kubernetes.client.KubernetesClientException;
import vmlab.kube.ApiWords;
import vmlab.run.LabFailure;
import vmlab.run.Outcome;

/** What a check came to, whatever it threw. */
record Verdict(Outcome status, String evidence) {

    static Verdict of(SmokeCheck check, SmokeWorld world) throws InterruptedException {
        try {
            return new Verdict(Outcome.PASSED, check.run(world));
        } catch (LabFailure failure) {
            return failed(check, world, failure.getMessage() + "\nnext: " + failure.next());
        } catch (KubernetesClientException error) {
            return failed(check, world, ApiWords.text(error));
        } catch (RuntimeException error) {
            return failed(check, world, error.toString());
        }
    }

    private static Verdict failed(SmokeCheck check, SmokeWorld world, String why) throws InterruptedException {
        boolean aboutPods =
                check.name().equals(PodsScheduled.NAME) || check.needs().contains(PodsScheduled.NAME);
        return new Verdict(Outcome.FAILED, aboutPods ? (why + "\n" + Evidence.of(world)).strip() : why);
    }
}

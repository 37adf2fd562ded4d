package vmlab.spec;

import java.util.Locale;

/** What a node does in the cluster: {@code role: single | controller | controller+worker | worker}. */
public enum Role {
    /** The whole cluster in one node that nothing can join. */
    SINGLE,
    /** API and control plane; runs no pods and is no Kubernetes node. */
    CONTROLLER,
    /** Control plane that runs pods too. */
    CONTROLLER_WORKER,
    /** Runs pods. */
    WORKER;

    /** Whether the control plane runs here. */
    public boolean isController() {
        return this != WORKER;
    }

    /** Whether a kubelet runs here. */
    public boolean runsPods() {
        return this != CONTROLLER;
    }

    /** As the YAML has it. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '+');
    }
}

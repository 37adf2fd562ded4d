package vmlab.ready;

import java.nio.file.Path;
import vmlab.kube.Kubeconfig;
import vmlab.make.Started;

/**
 * A cluster whose API can be asked.
 *
 * @param file the kubeconfig for the user's own shell
 * @param direct the same access by the controller's address, for whoever is on the lab's network
 */
public record ClusterUp(Started lab, Path file, Kubeconfig direct) {}

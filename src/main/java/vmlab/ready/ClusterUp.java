package vmlab.ready;

import java.nio.file.Path;
import vmlab.kube.Kubeconfig;
import vmlab.make.Started;

/**
 * A cluster whose API can be asked.
 *
 * @param file the kubeconfig for the user's own shell
 * @param direct the same access by the API's own address, or by the way that leads there from here
 */
public record ClusterUp(Started lab, Path file, Kubeconfig direct) {}

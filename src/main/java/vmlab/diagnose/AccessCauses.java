package vmlab.diagnose;

import static vmlab.diagnose.Cause.certain;
import static vmlab.diagnose.Cause.passing;
import static vmlab.diagnose.Detector.said;

import java.util.List;

/** What keeps this machine from talking to a node that runs. */
final class AccessCauses {

    static final List<Cause> ALL = List.of(
            certain(
                    "host-key-differs",
                    "whoever answers at the node's address has another host key than the lab gave it",
                    "another machine has this address, or the node did not read its config disk: lab down, then lab up",
                    said(Source.SSH, "shows the host key")),
            certain(
                    "ssh-key-refused",
                    "the node refuses the lab's SSH key",
                    "the node did not read its config disk, or its image allows no keys for root: lab console shows its boot",
                    said(Source.SSH, "refuses the lab's key")),
            passing(
                    "api-unreachable-from-host",
                    "the API listens on the node, and this machine cannot reach it",
                    "a firewall of this machine or of the node is between: look at nft list ruleset on both",
                    said(Source.CLUSTER, "API cannot be reached").and(said(Source.NODE, "^port 6443 listens"))),
            passing(
                    "api-unreachable-from-node",
                    "the worker cannot reach the API",
                    "see its route (lab ssh, then ip route get ADDRESS), and what filters its way: nft list ruleset there, and on the controller",
                    said(Source.JOIN, "cannot be reached|refuses the connection|has no route to|breaks off")));

    private AccessCauses() {}
}

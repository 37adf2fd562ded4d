package vmlab.kubevirt;

import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;

/** The kinds of objects that Kubernetes itself does not have. */
final class Kinds {

    static final ResourceDefinitionContext MACHINE = kind("kubevirt.io", "VirtualMachine", "virtualmachines");
    static final ResourceDefinitionContext RUNNING =
            kind("kubevirt.io", "VirtualMachineInstance", "virtualmachineinstances");
    static final ResourceDefinitionContext KUBEVIRT = kind("kubevirt.io", "KubeVirt", "kubevirts");
    static final ResourceDefinitionContext NETWORK =
            kind("k8s.cni.cncf.io", "NetworkAttachmentDefinition", "network-attachment-definitions");

    private Kinds() {}

    private static ResourceDefinitionContext kind(String group, String kind, String plural) {
        return new ResourceDefinitionContext.Builder()
                .withGroup(group)
                .withVersion("v1")
                .withKind(kind)
                .withPlural(plural)
                .withNamespaced(true)
                .build();
    }

    /** The name of its definition in the cluster. */
    static String definition(ResourceDefinitionContext kind) {
        return kind.getPlural() + "." + kind.getGroup();
    }

    static String apiVersion(ResourceDefinitionContext kind) {
        return kind.getGroup() + "/" + kind.getVersion();
    }
}

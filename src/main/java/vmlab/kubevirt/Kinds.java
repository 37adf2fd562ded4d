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

    static final ResourceDefinitionContext SNAPSHOT =
            kind("snapshot.kubevirt.io", "v1beta1", "VirtualMachineSnapshot", "virtualmachinesnapshots");
    static final ResourceDefinitionContext RESTORE =
            kind("snapshot.kubevirt.io", "v1beta1", "VirtualMachineRestore", "virtualmachinerestores");

    private Kinds() {}

    private static ResourceDefinitionContext kind(String group, String kind, String plural) {
        return kind(group, "v1", kind, plural);
    }

    private static ResourceDefinitionContext kind(String group, String version, String kind, String plural) {
        return new ResourceDefinitionContext.Builder()
                .withGroup(group)
                .withVersion(version)
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

package vmlab.diagnose;

import java.util.List;
import java.util.stream.Stream;

/** All causes, in the order in which a boot meets them; of several that fit, the first is the likeliest. */
public final class Causes {

    /** The table. */
    public static final List<Cause> ALL = Stream.of(
                    MachineCauses.ALL,
                    FirmwareCauses.ALL,
                    ImageCauses.ALL,
                    KernelCauses.ALL,
                    DiskCauses.ALL,
                    AccessCauses.ALL,
                    ProvisionCauses.ALL,
                    K0sCauses.ALL,
                    PodCauses.ALL,
                    ClusterCauses.ALL)
            .flatMap(List::stream)
            .toList();

    private Causes() {}
}

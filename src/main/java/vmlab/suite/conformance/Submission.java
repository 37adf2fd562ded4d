package vmlab.suite.conformance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import vmlab.run.Outcome;

/**
 * The two files that the certification programme (cncf/k8s-conformance) wants beside e2e.log and junit_01.xml.
 *
 * @param version of Kubernetes
 * @param rebuilt whether the test images were rebuilt by lab
 */
record Submission(Path folder, String version, boolean rebuilt) {

    private static final String PRODUCT = """
            # What the certification programme asks about a product. Fill in what is empty.
            vendor:
            name:
            version: %s
            website_url:
            repo_url:
            documentation_url:
            product_logo_url:
            type: distribution
            description:
            contact_email_address:
            """;

    private static final String README = """
            # Conformance of Kubernetes %s

            %s specs passed, %s failed, %s were skipped.

            To see the same:

                lab up cluster.yaml
                lab test LAB --suite conformance --mode certified --out DIR

            Test images: %s.
            """;

    private static final String UPSTREAMS = "upstream's, as the lab's nodes pulled them";
    private static final String REBUILT = "rebuilt by lab, which the certification programme does not take";

    void write(Collection<Spec> specs) {
        try {
            Files.writeString(folder.resolve("PRODUCT.yaml"), PRODUCT.formatted(version));
            Files.writeString(
                    folder.resolve("README.md"),
                    README.formatted(
                            version,
                            count(specs, Outcome.PASSED),
                            count(specs, Outcome.FAILED),
                            count(specs, Outcome.SKIPPED),
                            rebuilt ? REBUILT : UPSTREAMS));
        } catch (IOException error) {
            throw new UncheckedIOException(error);
        }
    }

    private static long count(Collection<Spec> specs, Outcome outcome) {
        return specs.stream().filter(spec -> spec.outcome() == outcome).count();
    }
}

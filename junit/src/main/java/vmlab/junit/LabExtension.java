package vmlab.junit;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.MediaType;
import org.junit.jupiter.api.extension.AfterTestExecutionCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.Store;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;
import org.junit.platform.commons.JUnitException;
import org.junit.platform.commons.support.AnnotationSupport;

/** What {@link Lab} does. */
final class LabExtension
        implements BeforeAllCallback,
                BeforeEachCallback,
                ParameterResolver,
                TestExecutionExceptionHandler,
                AfterTestExecutionCallback {

    private static final Namespace NAMESPACE = Namespace.create(LabExtension.class);
    private static final String CLUSTER = "cluster";

    @Override
    public void beforeAll(ExtensionContext context) {
        AnnotationSupport.findAnnotation(context.getRequiredTestClass(), Lab.class)
                .ifPresent(lab -> provide(lab, context));
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        AnnotationSupport.findAnnotation(context.getRequiredTestMethod(), Lab.class)
                .ifPresent(lab -> provide(lab, context));
    }

    private static void provide(Lab lab, ExtensionContext context) {
        String image = lab.image().isEmpty() ? System.getProperty("lab.image", "") : lab.image();
        RunningLab running = context.getRoot()
                .getStore(NAMESPACE)
                .getOrComputeIfAbsent(
                        lab.value() + "\n" + image, key -> RunningLab.up(lab.value(), image), RunningLab.class);
        Store store = context.getStore(NAMESPACE);
        switch (lab.sharing()) {
            case RUN -> store.put(CLUSTER, running.shared());
            case CLASS -> {
                RunningLab.Use use = running.use();
                store.put(CLUSTER, use.cluster());
                // Ends with the class or the method.
                store.put("use", use);
            }
        }
    }

    private static Optional<Cluster> cluster(ExtensionContext context) {
        return Optional.ofNullable(context.getStore(NAMESPACE).get(CLUSTER, Cluster.class));
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Cluster.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return cluster(context).orElseThrow(() -> new LabException("there is no @Lab for " + parameter.getParameter()));
    }

    /** What an invariant interrupted failed for the invariant's reason. */
    @Override
    public void handleTestExecutionException(ExtensionContext context, Throwable failure) throws Throwable {
        Optional<AssertionError> broken = cluster(context).flatMap(Cluster::endInvariants);
        if (broken.isPresent()) {
            Thread.interrupted();
            broken.get().addSuppressed(failure);
            throw broken.get();
        }
        throw failure;
    }

    @Override
    public void afterTestExecution(ExtensionContext context) {
        Optional<Cluster> cluster = cluster(context);
        Optional<AssertionError> broken = cluster.flatMap(Cluster::endInvariants);
        broken.ifPresent(reason -> Thread.interrupted());
        if (cluster.isPresent() && (broken.isPresent() || context.getExecutionException().isPresent())) {
            attach(cluster.get(), context);
        }
        broken.ifPresent(reason -> {
            throw reason;
        });
    }

    /** What there is to look at goes where the platform keeps what tests leave; a lab that is gone by now leaves nothing. */
    private static void attach(Cluster cluster, ExtensionContext context) {
        publish(context, cluster.name() + ".html", MediaType.create("text", "html"), "report", cluster.name(), "--html");
        publish(context, cluster.name() + ".tar.zst", MediaType.APPLICATION_OCTET_STREAM, "bundle", cluster.name(), "--file");
        try {
            for (Node node : cluster.nodes()) {
                String console = Program.run("logs", cluster.name(), "serial", "--node", node.name()).out();
                context.publishFile(
                        cluster.name() + "." + node.name() + ".console.txt",
                        MediaType.TEXT_PLAIN_UTF_8,
                        file -> Files.writeString(file, console));
            }
        } catch (LabException | JUnitException gone) {
            context.publishReportEntry("lab", String.valueOf(gone.getMessage()));
        }
    }

    private static void publish(ExtensionContext context, String name, MediaType type, String... command) {
        try {
            context.publishFile(name, type, file -> write(file, command));
        } catch (LabException | JUnitException gone) {
            context.publishReportEntry("lab", String.valueOf(gone.getMessage()));
        }
    }

    private static void write(Path file, String... command) {
        String[] whole = Arrays.copyOf(command, command.length + 1);
        whole[command.length] = file.toString();
        Program.must(whole);
    }
}

package vmlab.kubevirt;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import vmlab.engine.DiskSnapshots;
import vmlab.engine.Engine;
import vmlab.engine.Gateways;
import vmlab.engine.MachineRequest;
import vmlab.engine.Machines;

/**
 * What KubeVirt and a kubelet would write into objects: that a machine which is switched on runs, and that a gateway's pod is ready. Nothing
 * runs. The verbs go no further, for no API server has KubeVirt's own without it.
 *
 * @param before is told of each call first; what it throws, the call throws
 */
record PretendedKubevirt(Engine engine, KubernetesClient client, String namespace, Consumer<String> before) {

    private static final int SECONDS_HELD = 4;

    /** The engine that believes so. */
    Engine believing() {
        Machines machines = watched(Machines.class, engine.machines());
        Gateways gateways = watched(Gateways.class, engine.gateways().orElseThrow());
        return (Engine) Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {Engine.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "machines" -> machines;
                    case "diskSnapshots" -> engine.diskSnapshots().map(real -> watched(DiskSnapshots.class, real));
                    case "gateways" -> java.util.Optional.of(gateways);
                    default -> invoked(method, engine, arguments);
                });
    }

    private <T> T watched(Class<T> type, T real) {
        return type.cast(
                Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
                    before.accept(call(method.getName(), arguments));
                    switch (method.getName()) {
                        case "start" -> {
                            machineIs((String) arguments[0], "Running");
                            return null;
                        }
                        case "pressPowerButton", "cutPower" -> {
                            machineIs((String) arguments[0], "Stopped");
                            return null;
                        }
                        case "pause", "resume" -> {
                            return null;
                        }
                        case "remove" -> {
                            if (type == Machines.class) {
                                isHeldForAWhile((String) arguments[0]);
                            }
                        }
                        case "take", "restore" -> {
                            invoked(method, real, arguments);
                            isDone(method.getName(), (String) arguments[0], (String) arguments[1]);
                            return null;
                        }
                        case "look" -> {
                            if (type == Gateways.class) {
                                gatewayIsReady();
                            }
                        }
                        default -> {
                            // As it is.
                        }
                    }
                    return invoked(method, real, arguments);
                }));
    }

    /** As a test names it: {@code define lab-killed.w1}. */
    private static String call(String verb, Object... arguments) {
        Object first = arguments == null || arguments.length == 0 ? "" : arguments[0];
        return verb + " "
                + (first instanceof MachineRequest machine ? machine.node().domain() : first);
    }

    private static Object invoked(java.lang.reflect.Method method, Object real, Object... arguments) throws Throwable {
        try {
            return method.invoke(real, arguments);
        } catch (InvocationTargetException error) {
            throw error.getCause();
        }
    }

    private void machineIs(String planned, String status) {
        // As the real order does.
        ((KubevirtMachines) engine.machines()).expectChange(planned);
        Resource<GenericKubernetesResource> machine = machine(planned);
        if (machine.get() != null) {
            patch(
                    machine,
                    "{\"status\": {\"created\": %s, \"printableStatus\": \"%s\"}}"
                            .formatted(status.equals("Running"), status));
        }
    }

    /** KubeVirt lets go of a machine once what it ran in has gone, some seconds after it was removed. */
    private void isHeldForAWhile(String planned) {
        Resource<GenericKubernetesResource> machine = machine(planned);
        if (machine.get() != null) {
            machine.patch(
                    PatchContext.of(PatchType.JSON_MERGE), "{\"metadata\": {\"finalizers\": [\"kubevirt.io/held\"]}}");
            CompletableFuture.delayedExecutor(SECONDS_HELD, TimeUnit.SECONDS)
                    .execute(() -> machine.patch(
                            PatchContext.of(PatchType.JSON_MERGE), "{\"metadata\": {\"finalizers\": null}}"));
        }
    }

    private Resource<GenericKubernetesResource> machine(String planned) {
        return client.genericKubernetesResources(Kinds.MACHINE)
                .inNamespace(namespace)
                .withName(Place.ofMachine(planned, Settings.USUAL).name());
    }

    /** What the snapshot controller would write. */
    private void isDone(String verb, String planned, String snapshot) {
        patch(
                client.genericKubernetesResources(verb.equals("take") ? Kinds.SNAPSHOT : Kinds.RESTORE)
                        .inNamespace(namespace)
                        .withName(Place.ofMachine(planned, Settings.USUAL).with(snapshot)),
                verb.equals("take")
                        ? "{\"status\": {\"readyToUse\": true, \"snapshotVolumes\": {\"includedVolumes\": [\"state\"]}}}"
                        : "{\"status\": {\"complete\": true}}");
    }

    private void gatewayIsReady() {
        patch(
                client.pods().inNamespace(namespace).withName(GatewayObjects.NAME),
                "{\"status\": {\"phase\": \"Running\", \"conditions\": [{\"type\": \"Ready\", \"status\": \"True\"}]}}");
    }

    private static void patch(Resource<?> object, String status) {
        object.subresource("status").patch(PatchContext.of(PatchType.JSON_MERGE), status);
    }
}

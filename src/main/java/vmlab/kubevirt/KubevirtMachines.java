package vmlab.kubevirt;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import vmlab.engine.Card;
import vmlab.engine.Console;
import vmlab.engine.MachineRequest;
import vmlab.engine.Machines;
import vmlab.plan.AppliedSpec;
import vmlab.plan.Mark;
import vmlab.run.LabFailure;

/** Virtual machines of KubeVirt. */
final class KubevirtMachines implements Machines {

    private static final int SECONDS = 30;

    private final KubernetesClient client;
    private final ClusterApi api;
    private final WatchedMachines watched;
    private final Settings settings;

    KubevirtMachines(KubernetesClient client, Settings settings) {
        this.client = client;
        this.api = new ClusterApi(client);
        this.watched = new WatchedMachines(api);
        this.settings = settings;
    }

    @Override
    public void define(MachineRequest machine) throws InterruptedException {
        Mark mark = machine.mark();
        api.makeOrGrow(DiskObjects.state(machine, settings), mark);
        api.apply(DiskObjects.config(machine, machine.configuration().tar(), settings), mark);
        api.apply(MachineObject.of(machine, settings), mark);
    }

    @Override
    public void mark(String name, Mark mark, AppliedSpec made) {
        Place place = at(name);
        ClusterErrors.call("note what " + place.name() + " is made from", () -> api.at(Kinds.MACHINE, place)
                .edit(machine -> {
                    ClusterApi.requireOurs(machine, mark);
                    machine.setMetadata(new ObjectMetaBuilder(machine.getMetadata())
                            .addToAnnotations(Signs.annotations(mark, made))
                            .build());
                    return machine;
                }));
    }

    @Override
    public void start(String name) {
        order(name, Kinds.MACHINE, "start", Map.of(), false);
    }

    @Override
    public void pause(String name) {
        order(name, Kinds.RUNNING, "pause", Map.of(), false);
    }

    @Override
    public void resume(String name) {
        order(name, Kinds.RUNNING, "unpause", Map.of(), false);
    }

    private void order(
            String name, ResourceDefinitionContext kind, String verb, Map<String, Object> how, boolean mayBeGone) {
        expectChange(name);
        api.order(kind, at(name), verb, how, mayBeGone);
    }

    /** It is asked for how it is, not what was heard of it, for a moment. */
    void expectChange(String name) {
        watched.expect(at(name));
    }

    @Override
    public void wake(String name) {
        if (state(name).equals(MachineState.PAUSED)) {
            resume(name);
        }
    }

    @Override
    public void reboot(String name) {
        order(name, Kinds.RUNNING, "reset", Map.of(), false);
    }

    @Override
    public void pressPowerButton(String name) {
        order(name, Kinds.MACHINE, "stop", Map.of(), true);
    }

    @Override
    public void cutPower(String name) {
        order(name, Kinds.MACHINE, "stop", Map.of("gracePeriod", 0), true);
    }

    @Override
    public void remove(String name) {
        Place place = at(name);
        expectChange(name);
        api.find(Kinds.MACHINE, place)
                .filter(machine -> Signs.mark(machine).isPresent())
                .ifPresent(machine -> cutPower(name));
        ClusterApi.remove(api.at(Kinds.MACHINE, place));
        ClusterApi.remove(client.secrets().inNamespace(place.namespace()).withName(place.with(DiskObjects.CONFIG)));
        ClusterApi.remove(
                client.persistentVolumeClaims().inNamespace(place.namespace()).withName(place.with(DiskObjects.STATE)));
    }

    @Override
    public List<Card> cards(String name) {
        List<Card> cards = new ArrayList<>();
        api.find(Kinds.RUNNING, at(name)).ifPresent(running -> {
            List<Map<String, Object>> interfaces =
                    MachineState.list(running, "spec", "domain", "devices", "interfaces");
            interfaces.forEach(each -> cards.add(new Card(
                    String.valueOf(each.get("macAddress")),
                    String.valueOf(each.get("name")),
                    String.valueOf(each.get("name")),
                    !"down".equals(each.get("state")))));
        });
        return cards;
    }

    @Override
    public void plug(String name, String mac, boolean plugged) {
        Place place = at(name);
        ClusterErrors.call(
                "plug " + place.name(), () -> api.at(Kinds.MACHINE, place).edit(machine -> {
                    MachineState.list(machine, "spec", "template", "spec", "domain", "devices", "interfaces").stream()
                            .filter(card -> mac.equals(card.get("macAddress")))
                            .forEach(card -> card.put("state", plugged ? "up" : "down"));
                    return machine;
                }));
    }

    @Override
    public boolean isRunning(String name) {
        return watched.find(at(name)).filter(MachineState::isRunning).isPresent();
    }

    @Override
    public String state(String name) {
        return watched.find(at(name)).map(MachineState::of).orElse("gone");
    }

    @Override
    public String trouble(String name) {
        return watched.find(at(name)).map(MachineState::trouble).orElse("");
    }

    @Override
    public List<String> notes(String name) {
        return new MachineNotes(api, at(name)).read();
    }

    @Override
    public void requireGrowth(String name) {
        new DiskGrowth(client).require(at(name));
    }

    @Override
    public String describe(String name) {
        Place place = at(name);
        List<GenericKubernetesResource> both = new ArrayList<>();
        api.find(Kinds.MACHINE, place).ifPresent(both::add);
        api.find(Kinds.RUNNING, place).ifPresent(both::add);
        return String.join("---\n", both.stream().map(Serialization::asYaml).toList());
    }

    @Override
    public byte[] screenshot(String name) {
        Place place = at(name);
        HttpRequest request = client.getHttpClient()
                .newHttpRequestBuilder()
                .uri(place.ofRunning(client, "vnc/screenshot").toString())
                .build();
        try {
            HttpResponse<byte[]> answer =
                    client.getHttpClient().sendAsync(request, byte[].class).get(SECONDS, TimeUnit.SECONDS);
            if (answer.isSuccessful()) {
                return answer.body();
            }
            throw ClusterErrors.failure(
                    "show the display of " + place.name(),
                    new KubernetesClientException(answer.message(), answer.code(), null));
        } catch (InterruptedException end) {
            Thread.currentThread().interrupt();
            throw noPicture(place, "the command was interrupted");
        } catch (ExecutionException | TimeoutException error) {
            throw noPicture(place, String.valueOf(error.getMessage()));
        }
    }

    private static LabFailure noPicture(Place place, String why) {
        return LabFailure.lab("there is no screenshot of " + place.name(), why, "try again");
    }

    @Override
    public Console console(String name) {
        return new ConsoleSocket(client, at(name));
    }

    @Override
    public Optional<Path> log(String name) {
        return Optional.empty();
    }

    /** Ends what watches. */
    void close() {
        watched.close();
    }

    private Place at(String name) {
        return Place.ofMachine(name, settings);
    }

    @Override
    public String description(String name) {
        throw keepsNoMemory();
    }

    @Override
    public void defineCopy(String description, Mark mark, Path memory) {
        throw keepsNoMemory();
    }

    @Override
    public void giveDisk(String name, Path disk) {
        throw keepsNoMemory();
    }

    @Override
    public void startFrom(String name, Path memory, Path state) {
        throw keepsNoMemory();
    }

    @Override
    public void save(String name, Path memory, Path state) {
        throw keepsNoMemory();
    }

    @Override
    public void cover(String name, Path layer) {
        throw keepsNoMemory();
    }

    static LabFailure keepsNoMemory() {
        return LabFailure.input(
                "there are no golden labs, forks and snapshots with memory on KubeVirt",
                "KubeVirt can't save a machine's memory",
                "lab up --fresh boots the lab");
    }
}

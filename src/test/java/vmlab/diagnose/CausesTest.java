package vmlab.diagnose;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import vmlab.run.Event;

/** Each cause of the table against evidence of it, and all of them against a node that is well. */
class CausesTest {

    private static final Path TABLE = Path.of("docs/diagnosis.md");

    @TempDir
    Path folder;

    @TestFactory
    List<DynamicTest> eachCauseIsNamedFirstWhereItsEvidenceIs() {
        return Causes.ALL.stream()
                .map(cause -> DynamicTest.dynamicTest(cause.id(), () -> assertThat(
                                Diagnosis.of(Recorded.of(cause.id()).evidence()).first())
                        .hasValueSatisfying(found -> {
                            assertThat(found.cause()).isEqualTo(cause.id());
                            assertThat(found.evidence()).isNotBlank();
                            assertThat(found.cure()).isNotBlank();
                        })))
                .toList();
    }

    @Test
    void aNodeThatCameUpHasNothing() {
        assertThat(Diagnosis.of(Recorded.of("healthy").evidence()).findings()).isEmpty();
    }

    @Test
    void aFaultThatNoDetectorKnowsEndsWithTheLastLinesOfEachSourceNotWithAGuess() {
        Evidence healthy = Recorded.of("healthy").evidence();
        Evidence strange = new Evidence(
                "w1",
                "10.77.0.12",
                "running",
                healthy.host(),
                List.of(),
                Map.of(Source.CONSOLE, "one\ntwo\nthe moon is full", Source.K0S, "howling"));

        Diagnosis diagnosis = Diagnosis.of(strange);

        assertThat(diagnosis.first()).isEmpty();
        assertThat(diagnosis.lastLines())
                .containsEntry(Source.CONSOLE, List.of("one", "two", "the moon is full"))
                .containsEntry(Source.K0S, List.of("howling"));
    }

    @Test
    void aTroubleOfTheStartThatTheNodeGotOverIsNoCause() {
        Evidence stuck = Recorded.of("no-dhcp-in-initrd").evidence();
        String later = stuck.text(Source.CONSOLE) + "\nlab: initrd-network\nlab: root\n";

        assertThat(Diagnosis.of(new Evidence(
                                stuck.node(),
                                stuck.address(),
                                "running",
                                stuck.host(),
                                stuck.events(),
                                Map.of(Source.CONSOLE, later)))
                        .findings())
                .isEmpty();
    }

    @Test
    void whatAWorkersFirstSecondsLeaveInItsLogIsNoCause() {
        Evidence joined = Recorded.of("joined").evidence();

        assertThat(Diagnosis.of(joined).findings()).isEmpty();
        assertThat(Diagnosis.of(clusterSays(joined, "API refuses connections")).findings())
                .isEmpty();
    }

    @TestFactory
    List<DynamicTest> nothingInK0sLogIsToldOfANodeThatIsReadyNow() {
        return Recorded.all().stream()
                .filter(it -> it.evidence().texts().containsKey(Source.K0S))
                .map(it -> DynamicTest.dynamicTest(it.id(), () -> assertThat(Diagnosis.of(clusterSays(
                                        it.evidence(), "node " + it.evidence().node() + " is Ready"))
                                .findings())
                        .noneMatch(found -> it.evidence().text(Source.K0S).contains(found.evidence()))))
                .toList();
    }

    @Test
    void aKubeletThatReportsHasATokenThatWasTaken() {
        Evidence expired = new Evidence(
                "w1",
                "10.77.0.12",
                "running",
                Recorded.of("healthy").evidence().host(),
                List.of(),
                Map.of(Source.K0S, "failed to run Kubelet: unable to load bootstrap kubeconfig: Unauthorized"));

        assertThat(Diagnosis.of(clusterSays(expired, "node w1 is NotReady: cni plugin not initialized"))
                        .first())
                .hasValueSatisfying(found -> assertThat(found.cause()).isEqualTo("cni-not-ready"));
        assertThat(Diagnosis.of(clusterSays(expired, "node w1 has not registered"))
                        .first())
                .hasValueSatisfying(found -> assertThat(found.cause()).isEqualTo("token-expired"));
    }

    private static Evidence clusterSays(Evidence evidence, String words) {
        Map<Source, String> texts = new HashMap<>(evidence.texts());
        texts.put(Source.CLUSTER, words);
        return new Evidence(
                evidence.node(), evidence.address(), evidence.machine(), evidence.host(), evidence.events(), texts);
    }

    @Test
    void firmwareThatWasAnnouncedAnAddressOfIpv6OnlyHadNoDhcp() {
        assertThat(Diagnosis.of(Recorded.of("no-dhcp-pxe").evidence()).certain())
                .hasValueSatisfying(found -> assertThat(found.cause()).isEqualTo("no-dhcp"));
    }

    @Test
    void whatAnotherNodeMetIsNotTakenForThisOnes() {
        Evidence other = Recorded.of("kernel-missing").evidence();

        assertThat(Diagnosis.of(new Evidence("cp", "10.77.0.11", "running", other.host(), other.events(), Map.of()))
                        .findings())
                .isEmpty();
        assertThat(other.events()).hasAtLeastOneElementOfType(Event.Served.class);
    }

    @Test
    void keptEvidenceReadsBackAsItWas() {
        Evidence evidence = Recorded.of("k0s-crash-loop").evidence();
        EvidenceFile.write(evidence, folder);

        assertThat(EvidenceFile.read(folder)).containsExactly(evidence);
        assertThat(EvidenceFile.read(folder.resolve("gone"))).isEmpty();
    }

    /** What docs/diagnosis.md says of how a cause was proven is what the evidence bears out. */
    @TestFactory
    List<DynamicTest> howItWasProvenIsNotClaimedButShown() throws IOException {
        String bench = Files.readString(Path.of("src/it/java/vmlab/observe/Faults.java"));
        return Causes.ALL.stream()
                .map(cause -> DynamicTest.dynamicTest(cause.id(), () -> {
                    Recorded recorded = Recorded.of(cause.id());
                    assertThat(recorded.proven())
                            .matches(
                                    "made, verdict [0-9.]+ s after power-on(, [0-9.]+ s after its evidence)?|recorded .+|written .+");
                    if (recorded.proven().startsWith("made")) {
                        assertThat(bench).containsPattern("Fault\\.(pxe|direct)\\(\"" + cause.id() + "\"\\)");
                    }
                    if (!recorded.proven().startsWith("written")) {
                        assertThat(recorded.evidence().events()).noneMatch(e -> e.at().equals(Recorded.WRITTEN));
                    }
                }))
                .toList();
    }

    /** The table in docs/ is this code's; {@code -Dwrite.docs=true} writes it. */
    @Test
    void theTableInDocsIsTheTableInTheCode() throws IOException {
        String table = Causes.ALL.stream()
                .map(cause -> "| `%s` | %s | %s | %s | %s |"
                        .formatted(
                                cause.id(),
                                cause.what(),
                                cause.isFinal() ? "at once" : "when a wait failed",
                                cause.cure().replace("|", "\\|"),
                                Recorded.of(cause.id()).proven()))
                .collect(Collectors.joining(
                        "\n",
                        "| cause | what it is | told | cure | proven |\n| --- | --- | --- | --- | --- |\n",
                        "\n"));
        String text = Files.readString(TABLE);
        if (Boolean.getBoolean("write.docs")) {
            Files.writeString(TABLE, text.substring(0, text.indexOf("| cause |")) + table);
        }
        assertThat(Files.readString(TABLE)).endsWith(table);
    }
}

package vmlab;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.properties.HasName;
import com.tngtech.archunit.core.domain.properties.HasOwner;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import vmlab.run.Phase;
import vmlab.run.PhaseName;

/** The rooms of the house and who may enter which; the table of docs/contributing.md, enforced. */
class ArchitectureTest {

    private static final List<String> GROUND = List.of("spec", "plan", "run");
    private static final List<String> ADAPTERS =
            rooms(GROUND, "image", "boot", "registry", "engine", "machine", "net", "ssh", "kube");

    private static final Map<String, List<String>> MAY_USE = Map.ofEntries(
            Map.entry("spec", List.of()),
            Map.entry("run", List.of()),
            Map.entry("plan", List.of("spec")),
            Map.entry("image", List.of("spec", "run", "net")),
            Map.entry("boot", GROUND),
            Map.entry("registry", List.of("spec", "run", "net")),
            Map.entry("engine", GROUND),
            Map.entry("libvirt", rooms(GROUND, "engine", "machine")),
            Map.entry("kubevirt", rooms(GROUND, "engine", "net")),
            Map.entry("machine", GROUND),
            Map.entry("net", List.of()),
            Map.entry("ssh", List.of("run")),
            Map.entry("kube", GROUND),
            Map.entry("report", List.of("run")),
            Map.entry("mcp", List.of("run", "site")),
            Map.entry("diagnose", List.of("run")),
            Map.entry("serve", rooms(GROUND, "boot", "engine", "net", "ssh", "kube", "registry", "report", "site")),
            Map.entry("gateway", rooms(GROUND, "image", "boot", "net", "registry", "serve")),
            Map.entry("site", rooms(GROUND, "engine", "machine", "ssh", "kube")),
            Map.entry("fault", rooms(GROUND, "engine", "site")),
            Map.entry("make", rooms(ADAPTERS, "site")),
            Map.entry("observe", rooms(ADAPTERS, "site", "diagnose")),
            Map.entry("power", rooms(ADAPTERS, "site", "make", "fault")),
            Map.entry("ready", rooms(ADAPTERS, "site", "make", "observe", "power")),
            Map.entry("change", rooms(ADAPTERS, "site", "make", "observe", "power", "ready")),
            Map.entry("snapshot", rooms(ADAPTERS, "site", "make", "power", "ready")),
            Map.entry("gc", rooms(GROUND, "image", "boot", "engine", "machine", "site", "make", "power")),
            Map.entry("suite", rooms(ADAPTERS, "site", "observe", "power", "fault")),
            Map.entry(
                    "up",
                    rooms(
                            GROUND,
                            "image",
                            "site",
                            "make",
                            "observe",
                            "power",
                            "ready",
                            "change",
                            "snapshot",
                            "suite")));

    private static final JavaClasses HOUSE = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("vmlab");

    @TestFactory
    List<DynamicTest> roomsUseOnlyWhatTheTableAllows() {
        return MAY_USE.keySet().stream()
                .map(room -> DynamicTest.dynamicTest(room, () -> noClasses()
                        .that()
                        .resideInAPackage(in(room))
                        .should()
                        .dependOnClassesThat()
                        .resideInAnyPackage(forbidden(room))
                        .check(HOUSE)))
                .toList();
    }

    @Test
    void noTwoRoomsNeedEachOther() {
        slices().matching("vmlab.(*)..").should().beFreeOfCycles().check(HOUSE);
    }

    @Test
    void everyRoomIsInTheTable() {
        assertThat(HOUSE.stream()
                        .map(JavaClass::getPackageName)
                        .map(ArchitectureTest::room)
                        .distinct())
                .allMatch(room -> room.equals("cli") || MAY_USE.containsKey(room));
    }

    @Test
    void onlyOneClassKnowsWhichEngineItIs() {
        noClasses()
                .that()
                .resideOutsideOfPackages(in("libvirt"), in("kubevirt"))
                .and()
                .doNotHaveFullyQualifiedName("vmlab.cli.Engines")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(in("libvirt"), in("kubevirt"), "org.libvirt..")
                .check(HOUSE);
    }

    @Test
    void anEngineIsAskedInValuesNotInXml() {
        noClasses()
                .that()
                .resideOutsideOfPackages(in("libvirt"), in("report"))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.w3c.dom..", "javax.xml..")
                .check(HOUSE);
    }

    @Test
    void onlyTheCommandsPrint() {
        noClasses()
                .that()
                .resideOutsideOfPackage(in("cli"))
                .should()
                .accessField(System.class, "out")
                .orShould()
                .accessField(System.class, "err")
                .check(HOUSE);
    }

    @Test
    void onlyTheWaiterSleeps() {
        noClasses()
                .that()
                .doNotHaveFullyQualifiedName("vmlab.run.Waiter")
                .should()
                .callMethod(Thread.class, "sleep", java.time.Duration.class)
                .orShould()
                .callMethod(Thread.class, "sleep", long.class)
                .check(HOUSE);
    }

    /** Its environment is made there, not inherited. */
    @Test
    void everyProgramIsStartedInOnePlace() {
        noClasses()
                .that()
                .doNotHaveFullyQualifiedName("vmlab.run.Environment")
                .should()
                .callConstructor(ProcessBuilder.class, String[].class)
                .orShould()
                .callConstructor(ProcessBuilder.class, List.class)
                .orShould()
                .callMethodWhere(JavaCall.Predicates.target(HasName.Predicates.name("exec"))
                        .and(JavaCall.Predicates.target(
                                HasOwner.Predicates.With.owner(HasName.Predicates.name("java.lang.Runtime")))))
                .check(HOUSE);
    }

    /** Commands that a person or an agent talks to take their time, and so do build scripts, which say what they do. */
    @Test
    void noProgramIsWaitedForWithoutALimit() {
        noClasses()
                .that()
                .resideOutsideOfPackages(in("cli"), in("mcp"))
                .and()
                .doNotHaveFullyQualifiedName("vmlab.image.Script")
                .should()
                .callMethod(Process.class, "waitFor")
                .check(HOUSE);
    }

    /** In which a Turkish I is none of ours; numbers are {@link LocaleTest}'s matter. */
    @Test
    void nothingFoldsCaseAsTheUsersLanguageDoes() {
        noClasses()
                .should()
                .callMethod(String.class, "toLowerCase")
                .orShould()
                .callMethod(String.class, "toUpperCase")
                .check(HOUSE);
    }

    @Test
    void phasesAreCalledWhatTheListOfPhaseNamesSays() {
        classes()
                .that()
                .implement(Phase.class)
                .and()
                .doNotHaveFullyQualifiedName("vmlab.up.ProveSuite")
                .should()
                .dependOnClassesThat()
                .belongToAnyOf(PhaseName.class)
                .check(HOUSE);
    }

    @Test
    void nothingIsCalledManagerHelperImplOrUtils() {
        classes()
                .should()
                .haveNameNotMatching(".*(Manager|Helper|Impl|Utils?)")
                .andShould()
                .resideOutsideOfPackages("..util..", "..common..", "..core..", "..impl..")
                .check(HOUSE);
    }

    private static String[] forbidden(String room) {
        return HOUSE.stream()
                .map(JavaClass::getPackageName)
                .map(ArchitectureTest::room)
                .distinct()
                .filter(other -> !other.equals(room) && !MAY_USE.get(room).contains(other))
                .map(ArchitectureTest::in)
                .toArray(String[]::new);
    }

    private static List<String> rooms(List<String> some, String... more) {
        return Stream.concat(some.stream(), Stream.of(more)).toList();
    }

    private static String room(String packageName) {
        return packageName.split("\\.")[1];
    }

    private static String in(String room) {
        return "vmlab." + room + "..";
    }
}

package vmlab;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The rooms of the house and who may enter which; the table of the README, enforced. */
class ArchitectureTest {

    private static final Map<String, List<String>> MAY_USE = Map.ofEntries(
            Map.entry("spec", List.of()),
            Map.entry("run", List.of()),
            Map.entry("plan", List.of("spec")),
            Map.entry("image", List.of("spec", "run")),
            Map.entry("boot", List.of("spec", "plan", "run")),
            Map.entry("libvirt", List.of("spec", "plan", "run", "machine")),
            Map.entry("machine", List.of("spec", "plan", "run")),
            Map.entry("net", List.of()),
            Map.entry("ssh", List.of("run")),
            Map.entry("kube", List.of("spec", "plan", "run")),
            Map.entry("report", List.of("run")),
            Map.entry("diagnose", List.of("run")),
            Map.entry(
                    "phase",
                    List.of(
                            "spec",
                            "plan",
                            "run",
                            "image",
                            "boot",
                            "libvirt",
                            "machine",
                            "net",
                            "ssh",
                            "kube",
                            "diagnose")));

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
                .filter(name -> name.startsWith("vmlab."))
                .map(name -> name.split("\\.")[1])
                .distinct()
                .filter(other -> !other.equals(room) && !MAY_USE.get(room).contains(other))
                .map(ArchitectureTest::in)
                .toArray(String[]::new);
    }

    private static String in(String room) {
        return "vmlab." + room + "..";
    }
}

package vmlab;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.MethodModel;
import java.lang.classfile.Opcode;
import java.lang.classfile.instruction.ConstantInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import vmlab.report.JunitXml;
import vmlab.run.Event;
import vmlab.run.Outcome;
import vmlab.spec.Cidr;

/** What programs read is the same for a user whose language has other digits, another comma, another I. */
@Isolated("it changes the language of all tests")
class LocaleTest {

    private static final Pattern LOCALISED =
            Pattern.compile("%(\\d+\\$)?[-#+ 0,(]*\\d*(\\.\\d+)?([deEfgG]|[tT][a-zA-Z])");

    @Test
    void addressesAndJUnitsSecondsHaveTheDigitsThatAllProgramsRead() {
        Locale usual = Locale.getDefault();
        Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
        try {
            assertThat("%d".formatted(1)).as("this Java knows other digits").isNotEqualTo("1");

            assertThat(Cidr.parse("10.77.0.0/24").host(11).getHostAddress()).isEqualTo("10.77.0.11");
            assertThat(Cidr.parse("10.77.0.0/24")).hasToString("10.77.0.0/24");
            assertThat(JunitXml.of(List.of(new Event.Checked(
                            Instant.EPOCH, "smoke", "ready", Outcome.PASSED, Duration.ofMillis(1500), ""))))
                    .contains("time=\"1.500\"");
        } finally {
            Locale.setDefault(usual);
        }
    }

    /** {@code %s} shows what an object calls itself; numbers and times of Formatter's are the language's. */
    @Test
    void numbersAreFormattedWithALocaleThatIsNamed() throws IOException {
        try (Stream<Path> classes = Files.walk(Path.of("target/classes/vmlab"))) {
            assertThat(classes.filter(file -> file.toString().endsWith(".class"))
                            .flatMap(LocaleTest::methods)
                            .filter(LocaleTest::formatsWithoutLocale)
                            .filter(method -> constants(method)
                                    .anyMatch(text -> LOCALISED.matcher(text).find()))
                            .map(method ->
                                    method.parent().orElseThrow().thisClass().asInternalName() + "."
                                            + method.methodName()))
                    .isEmpty();
        }
    }

    private static Stream<MethodModel> methods(Path file) {
        try {
            return ClassFile.of().parse(file).methods().stream();
        } catch (IOException error) {
            throw new UncheckedIOException(error);
        }
    }

    private static boolean formatsWithoutLocale(MethodModel method) {
        return method.code().stream()
                .flatMap(code -> code.elementStream())
                .filter(InvokeInstruction.class::isInstance)
                .map(InvokeInstruction.class::cast)
                .anyMatch(call -> List.of("format", "formatted", "printf")
                                .contains(call.name().stringValue())
                        && !call.type().stringValue().startsWith("(Ljava/util/Locale;")
                        && call.type().stringValue().contains("[Ljava/lang/Object;"));
    }

    private static Stream<String> constants(MethodModel method) {
        return method.code().stream()
                .flatMap(code -> code.elementStream())
                .filter(element -> element instanceof ConstantInstruction constant
                        && (constant.opcode() == Opcode.LDC || constant.opcode() == Opcode.LDC_W))
                .map(element -> ((ConstantInstruction) element).constantValue())
                .filter(String.class::isInstance)
                .map(String.class::cast);
    }
}

package vmlab.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;
import vmlab.spec.InvalidValue;
import vmlab.spec.OwnChecks;
import vmlab.spec.Suite;
import vmlab.spec.Tests;
import vmlab.suite.conformance.Conformance;

/**
 * What {@code --suite} names: one suite, {@code all} that lab has, or a folder of checks; or Kubernetes' conformance, which {@code all} does
 * not mean.
 */
record SuiteChoice(List<Tests> suites, boolean conformance) {

    private static final String ALL = "all";

    private SuiteChoice(List<Tests> suites) {
        this(suites, false);
    }

    /** Reads it. */
    static final class Reader implements ITypeConverter<SuiteChoice> {

        @Override
        public SuiteChoice convert(String text) {
            if (text.contains("/")) {
                return new SuiteChoice(List.of(folder(Path.of(text))));
            }
            if (text.equals(Conformance.NAME)) {
                return new SuiteChoice(List.of(), true);
            }
            List<Tests> chosen = Stream.<Tests>of(Suite.values())
                    .filter(suite -> text.equals(ALL) || text.equals(suite.toString()))
                    .toList();
            if (chosen.isEmpty()) {
                throw new TypeConversionException("'" + text + "' is no suite; there are "
                        + String.join(", ", new Names()) + ", or a folder of your own checks, such as ./" + text);
            }
            return new SuiteChoice(chosen);
        }

        private static OwnChecks folder(Path path) {
            if (!Files.isDirectory(path)) {
                throw new TypeConversionException("there is no folder " + path);
            }
            try {
                return OwnChecks.in(path);
            } catch (InvalidValue wrong) {
                throw new TypeConversionException(wrong.what() + "; " + wrong.valid());
            }
        }
    }

    /** All that can be written. */
    static final class Names implements Iterable<String> {

        @Override
        public Iterator<String> iterator() {
            return Stream.concat(Stream.of(Suite.values()).map(Suite::toString), Stream.of(Conformance.NAME, ALL))
                    .iterator();
        }
    }
}

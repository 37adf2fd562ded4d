package vmlab.cli;

import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;
import vmlab.spec.Suite;

/** What {@code --suite} names: one suite, or {@code all}. */
record SuiteChoice(List<Suite> suites) {

    private static final String ALL = "all";

    /** Reads it. */
    static final class Reader implements ITypeConverter<SuiteChoice> {

        @Override
        public SuiteChoice convert(String text) {
            List<Suite> chosen = Stream.of(Suite.values())
                    .filter(suite -> text.equals(ALL) || text.equals(suite.toString()))
                    .toList();
            if (chosen.isEmpty()) {
                throw new TypeConversionException(
                        "'" + text + "' is no suite; there are " + String.join(", ", new Names()));
            }
            return new SuiteChoice(chosen);
        }
    }

    /** All that can be written. */
    static final class Names implements Iterable<String> {

        @Override
        public Iterator<String> iterator() {
            return Stream.concat(Stream.of(Suite.values()).map(Suite::toString), Stream.of(ALL))
                    .iterator();
        }
    }
}

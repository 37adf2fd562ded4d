package vmlab.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BytesTest {

    @ParameterizedTest
    @CsvSource({
        "3GiB, 3221225472",
        "512MiB, 536870912",
        "64KiB, 65536",
        "1TiB, 1099511627776",
        "1.5GiB, 1610612736",
        "10GB, 10000000000",
        "500MB, 500000000",
        "2TB, 2000000000000"
    })
    void binaryAndDecimalUnitsAreUnderstood(String text, long value) {
        assertThat(Bytes.parse(text)).isEqualTo(new Bytes(value));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "3072 | has no unit; write it like 3GiB",
                "3G   | does not say which unit it means; write 3GiB (1024-based) or 3GB (1000-based)",
                "3gb  | write 3GiB (1024-based) or 3GB",
                "3Gi  | write 3GiB",
                "64k  | write 64KiB",
                "3XiB | has an unknown unit",
                "-3GiB | is no size",
                "GiB  | is no size",
                "3 GiB | is no size",
                "0.3KiB | is no whole number of bytes",
                "99999999TiB | too many"
            })
    void whatCouldMeanTwoThingsIsRefusedWithWhatToWrite(String text, String said) {
        assertThatThrownBy(() -> Bytes.parse(text))
                .isInstanceOf(InvalidValue.class)
                .hasMessageContaining("'" + text + "'")
                .hasMessageContaining(said);
    }

    @ParameterizedTest
    @CsvSource({"3221225472, 3GiB", "1610612736, 1.5GiB", "10000000000, 9.31GiB", "1000, 1000B", "0, 0B"})
    void itIsShownInTheLargestUnitThatFits(long value, String shown) {
        assertThat(new Bytes(value)).hasToString(shown);
    }

    @Test
    void aNegativeAmountDoesNotExist() {
        assertThatThrownBy(() -> new Bytes(-1)).isInstanceOf(IllegalArgumentException.class);
    }
}

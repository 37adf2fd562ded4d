package vmlab.suite.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import vmlab.spec.InvalidValue;

class ShardTest {

    private static final List<String> ALL = List.of("a", "b", "c", "d", "e");

    @Test
    void theShardsOfAWholeAreAllOfIt() {
        assertThat(Shard.parse("1/2").of(ALL)).containsExactly("a", "c", "e");
        assertThat(Shard.parse("2/2").of(ALL)).containsExactly("b", "d");
        assertThat(Shard.WHOLE.of(ALL)).isEqualTo(ALL);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0/2", "3/2", "1", "a/b", "1/0", "-1/2", "1/2/3"})
    void whatIsNoneIsRefused(String text) {
        assertThatThrownBy(() -> Shard.parse(text))
                .isInstanceOf(InvalidValue.class)
                .hasMessageContaining(text);
    }
}

package vmlab.spec;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SuggestionTest {

    private static final List<String> KEYS = List.of("name", "memory", "cpus", "kubeletArgs");

    @ParameterizedTest
    @CsvSource({"memroy, memory", "memmory, memory", "nam, name", "CPUS, cpus", "kubelet-args, kubeletArgs"})
    void aTypoIsRecognized(String typed, String meant) {
        assertThat(Suggestion.nearest(KEYS, typed)).contains(meant);
    }

    @Test
    void somethingElseIsNotTakenForATypo() {
        assertThat(Suggestion.nearest(KEYS, "colour")).isEmpty();
        assertThat(Suggestion.among(KEYS, "colour")).isEqualTo("valid here: name, memory, cpus, kubeletArgs");
    }
}

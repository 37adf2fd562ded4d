package vmlab.machine;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.opentest4j.TestAbortedException;

class NeedsTest {

    @Test
    void whatIsMissingSkipsATestAndFailsItInCi() {
        assertThatCode(() -> Needs.programs("sh")).doesNotThrowAnyException();
        assertThatThrownBy(() -> Needs.check(false, "dnf", false))
                .isInstanceOf(TestAbortedException.class)
                .hasMessageStartingWith("dnf not installed; scripts/setup --test");
        assertThatThrownBy(() -> Needs.check(false, "dnf", true))
                .isInstanceOf(AssertionError.class)
                .hasMessageStartingWith("dnf not installed");
    }
}

package vmlab.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RunTest {

    private final List<Event> events = new ArrayList<>();
    private final Run run = new Run(events::add);

    private record Adding(String name, int number) implements Phase<Integer, Integer> {
        @Override
        public String doing() {
            return "add " + number;
        }

        @Override
        public Integer run(Integer input, Run run) {
            if (number == 0) {
                throw LabFailure.lab("nothing to add", "it is zero", "take another number")
                        .on("cp");
            }
            run.result("+" + number);
            return input + number;
        }
    }

    @Test
    void aPipelineFeedsEachPhaseWithWhatTheOneBeforeMade() throws InterruptedException {
        int sum = Pipeline.of(new Adding("one", 1)).then(new Adding("two", 2)).run(10, run);

        assertThat(sum).isEqualTo(13);
        assertThat(events)
                .filteredOn(Event.PhaseDone.class::isInstance)
                .extracting(e -> ((Event.PhaseDone) e).phase() + ((Event.PhaseDone) e).result())
                .containsExactly("one+1", "two+2");
    }

    @Test
    void theFirstFailureEndsItAndIsToldAsAnEvent() {
        assertThatThrownBy(() -> Pipeline.of(new Adding("zero", 0))
                        .then(new Adding("two", 2))
                        .run(1, run))
                .isInstanceOf(LabFailure.class);

        assertThat(events.getLast()).isInstanceOfSatisfying(Event.PhaseFailed.class, failed -> {
            assertThat(failed.phase()).isEqualTo("zero");
            assertThat(failed.node()).isEqualTo("cp");
            assertThat(failed.next()).isEqualTo("take another number");
        });
    }

    @Test
    void aScopeUndoesInReverseAndGoesOnAfterAnError() {
        List<String> undone = new ArrayList<>();
        Scope scope = new Scope();
        scope.keep(() -> undone.add("first"));
        scope.keep(() -> {
            throw new IllegalStateException("stuck");
        });
        scope.keep(() -> undone.add("last"));

        assertThatThrownBy(scope::close).hasMessageContaining("stuck");
        assertThat(undone).containsExactly("last", "first");
    }
}

package vmlab.serve;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import vmlab.boot.BootConfig;
import vmlab.run.Event;

class MissingImagesTest {

    @Test
    void eachIsNotedOnceWithTheNodeThatAsked() {
        List<Event> events = new ArrayList<>();
        var cp = new BootConfig.Client("cp", "52:54:00:00:00:01", "10.77.0.11", "/images/1", "pxe", "");
        var config = new BootConfig(
                "demo", "10.77.0.1", 0, List.of(cp), "", "", "10.77.0.11", List.of(), List.of(), false, false);
        MissingImages missing = new MissingImages(config, events::add);

        missing.accept("10.77.0.11", "lab has no image a");
        missing.accept("10.77.0.11", "lab has no image a");
        missing.accept("10.77.0.11", "lab has no image b");

        assertThat(events)
                .extracting(event -> ((Event.Noted) event).text())
                .containsExactly("cp: lab has no image a", "cp: lab has no image b");
    }
}

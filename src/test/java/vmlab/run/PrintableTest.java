package vmlab.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class PrintableTest {

    @Test
    void coloursGoAndWhatWouldSteerATerminalStandsThereAsItsNumber() {
        assertThat(Printable.text("\u001b[32mok\u001b[0m\r\n\tnext")).isEqualTo("ok\n\tnext");
        assertThat(Printable.text("\u001b]0;title\u0007 \u009b2J \u007f \rover"))
                .isEqualTo("\\x1b]0;title\\x07 \\x9b2J \\x7f \\x0dover");
        assertThat(Printable.text("\u202etxt.exe\u2028 ✔ ä €")).isEqualTo("\\u202etxt.exe\\u2028 ✔ ä €");
    }

    @Test
    void aLineIsOneLineAndEnds() {
        assertThat(Printable.line(" a\nb\tc ", 9)).isEqualTo("a b c");
        assertThat(Printable.line("x".repeat(20), 9)).isEqualTo("x".repeat(9) + "…");
    }

    @Test
    void anEventsLineHoldsNoneOfThemAndIsReadAsItWasTold() throws Exception {
        Event told = new Event.Milestone(Instant.EPOCH, "cp", "k0s", "\u001b \u009b \u007f \u202e $\\ ✔");

        String line = EventLog.line(told);

        assertThat(line).isEqualTo(Printable.text(line));
        assertThat(new JsonMapper().readTree(line).get("text").asText()).isEqualTo("\u001b \u009b \u007f \u202e $\\ ✔");
        assertThat(EventLog.parse(line)).contains(told);
    }
}

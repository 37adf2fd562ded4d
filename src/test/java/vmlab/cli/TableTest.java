package vmlab.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TableTest {

    @Test
    void whatACellHoldsIsNoLineOfItsOwn() {
        Table table = new Table("LAB", "STATE");
        table.row("demo", "another's, of /a\nsingle  running\t\u001b[31m");

        assertThat(table).hasToString("LAB   STATE\ndemo  another's, of /a single  running");
    }
}

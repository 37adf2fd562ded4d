package vmlab.spec;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CredentialsTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "from https://TOKEN@h/r.git (main)    | from https://[secret]@h/r.git (main)",
                "https://ops:a@b@h/r and http://x@y/z | https://[secret]@h/r and http://[secret]@y/z",
                "git: \"https://ops:pw@h/r\"            | git: \"https://[secret]@h/r\"",
                "postgres://ops:pw@h/db               | postgres://[secret]@h/db",
                "ssh://git@h/r, git@h:r               | ssh://git@h/r, git@h:r",
                "https://h/r?mail=a@b, a@b            | https://h/r?mail=a@b, a@b",
            })
    void noTextShowsThem(String text, String shown) {
        assertThat(Credentials.hiddenIn(text)).isEqualTo(shown);
    }
}

package vmlab.suite.immutable;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** On what a node's {@code /proc/self/mountinfo} says. */
class MountsTest {

    static final String NODE = """
            24 1 0:22 / / rw,relatime shared:1 - overlay root rw,lowerdir=/run/lab/base,upperdir=/run/lab/over/upper
            25 24 7:0 /usr /usr ro,relatime shared:2 - squashfs /dev/loop0 ro,errors=continue
            30 24 254:16 / /config ro,relatime shared:5 - ext4 /dev/vdb ro
            31 24 254:0 / /state rw,noatime shared:6 - ext4 /dev/vda rw
            32 24 254:0 /var /var rw,noatime shared:6 - ext4 /dev/vda rw
            33 24 254:0 /home /home rw,noatime shared:6 - ext4 /dev/vda rw
            34 24 254:0 /opt /opt rw,noatime shared:6 - ext4 /dev/vda rw
            35 25 254:0 /usr-local /usr/local rw,noatime shared:6 - ext4 /dev/vda rw
            36 25 254:0 /usr-libexec-k0s /usr/libexec/k0s rw,noatime shared:6 - ext4 /dev/vda rw
            """;

    @Test
    void aBindMountHasTheDeviceOfWhatItShows() {
        Mounts mounts = Mounts.parse(NODE);
        assertThat(mounts.at("/var")).hasValueSatisfying(var -> assertThat(var.device())
                .isEqualTo(mounts.at("/state").orElseThrow().device()));
    }

    @Test
    void theLastOfSeveralInOnePlaceIsWhatOneSees() {
        Mounts mounts = Mounts.parse(NODE + "40 25 0:50 / /usr rw - tmpfs tmpfs rw\n");
        assertThat(mounts.at("/usr"))
                .hasValueSatisfying(usr -> assertThat(usr.toString()).isEqualTo("/usr (tmpfs of tmpfs, rw)"));
    }

    @Test
    void withinAFolderAreTheOnesBelowItAndNoNeighbours() {
        assertThat(Mounts.parse(NODE + "41 24 0:51 / /usr2 rw - tmpfs tmpfs rw\n")
                        .within("/usr"))
                .extracting(Mounts.Mount::point)
                .containsExactly("/usr", "/usr/local", "/usr/libexec/k0s");
    }
}

package vmlab.libvirt;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where QEMU has put the memory into a state file: laid out here as migration/ram.c of QEMU 10.0 does it. */
class MappedRamTest {

    private static final int SIZE = 64 * 4096;
    private static final int PAGES = 1 << 20;

    @TempDir
    private Path folder;

    /** A name that is met before, then the entry: name, size, version, page size, where the bits and where the pages begin. */
    private Path state(int version) throws IOException {
        ByteBuffer file = ByteBuffer.allocate(PAGES + SIZE);
        file.put("QEVM pc-q35 lab.ram".getBytes(StandardCharsets.US_ASCII));
        file.put((byte) 7).put("lab.ram".getBytes(StandardCharsets.US_ASCII)).putLong(SIZE);
        long bitmap = file.position() + 28;
        file.putInt(version).putLong(4096).putLong(bitmap).putLong(PAGES);
        for (int i = 0; i < SIZE / 4096 / 8; i++) {
            file.put((byte) 0xFF);
        }
        file.put((byte) 0x55);
        file.put(PAGES, (byte) 'M');
        return Files.write(folder.resolve("state"), file.array());
    }

    @Test
    void itIsFoundByItsNameAndWhoeverReadsTheStateLeavesItThere() throws IOException {
        Path state = state(1);

        MappedRam memory = MappedRam.find(state, "lab.ram").orElseThrow();
        assertThat(memory.pages()).isEqualTo(PAGES);
        assertThat(memory.size()).isEqualTo(SIZE);
        memory.leaveThere(state);

        byte[] after = Files.readAllBytes(state);
        int bits = (int) memory.bitmap();
        assertThat(after).hasSize(PAGES + SIZE);
        assertThat(java.util.Arrays.copyOfRange(after, bits, bits + SIZE / 4096 / 8))
                .containsOnly(0);
        assertThat(after[bits + SIZE / 4096 / 8]).as("what follows").isEqualTo((byte) 0x55);
        assertThat(after[PAGES]).as("the memory").isEqualTo((byte) 'M');
    }

    @Test
    void aStateWithoutMemoryOrOfAnotherKindHasNone() throws IOException {
        assertThat(MappedRam.find(state(2), "lab.ram")).isEmpty();
        assertThat(MappedRam.find(state(1), "pc.ram")).isEmpty();
        assertThat(MappedRam.find(Files.createFile(folder.resolve("empty")), "lab.ram"))
                .isEmpty();
    }
}

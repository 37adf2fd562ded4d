package vmlab.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileHashesTest {

    private static final String OF_ABC = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

    @TempDir
    Path folder;

    @Test
    void theSumIsSha256() throws IOException {
        Path file = Files.writeString(folder.resolve("abc"), "abc");
        assertThat(new FileHashes(folder.resolve("memory")).sha256(file)).isEqualTo(OF_ABC);
    }

    @Test
    void aLargeFileThatStatKnowsIsNotReadAgain() throws IOException {
        Path file = Files.write(folder.resolve("large"), new byte[1 << 20]);
        var stat = Files.readAttributes(file, "unix:ino,size,ctime");
        String known = stat.get("ino") + "," + stat.get("size") + "," + ((FileTime) stat.get("ctime")).toInstant();
        Path memory = Files.writeString(folder.resolve("memory"), OF_ABC + " " + known + " " + file + "\n");
        assertThat(new FileHashes(memory).sha256(file)).isEqualTo(OF_ABC);
        Files.write(file, new byte[1 << 20]);
        assertThat(new FileHashes(memory).sha256(file)).isNotEqualTo(OF_ABC);
    }

    @Test
    void aBrokenMemoryIsAnEmptyOne() throws IOException {
        Path file = Files.writeString(folder.resolve("abc"), "abc");
        Path memory = Files.write(folder.resolve("memory"), new byte[] {(byte) 0xff, 0, 1});
        assertThat(new FileHashes(memory).sha256(file)).isEqualTo(OF_ABC);
    }
}

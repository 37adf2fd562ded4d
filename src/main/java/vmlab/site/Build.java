package vmlab.site;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/**
 * Which commit this program was built from, as git-commit-id-maven-plugin wrote it into the jar.
 *
 * @param revision the commit, abbreviated; empty where there was no repository
 * @param date the day of the commit, like 2026-11-27
 * @param changed whether files differed from the commit's
 */
public record Build(String revision, String date, boolean changed) {

    /** Reads what the jar says of itself. */
    public static Build ofThisProgram() {
        Properties said = new Properties();
        try (InputStream file = Build.class.getResourceAsStream("build.properties")) {
            if (file != null) {
                said.load(file);
            }
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
        return new Build(
                said.getProperty("git.commit.id.abbrev", ""),
                said.getProperty("git.commit.time", ""),
                Boolean.parseBoolean(said.getProperty("git.dirty")));
    }

    @Override
    public String toString() {
        return revision.isEmpty()
                ? "of an unknown revision"
                : revision + " of " + date + (changed ? ", with changes" : "");
    }
}

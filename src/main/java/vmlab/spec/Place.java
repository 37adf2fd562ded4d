package vmlab.spec;

import java.nio.file.Path;

/** Where something stands: a file as the user named it, and line and column from 1, or 0 for the file as a whole. */
record Place(Path file, int line, int column) {

    static Place whole(Path file) {
        return new Place(file, 0, 0);
    }
}

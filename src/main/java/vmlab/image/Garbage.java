package vmlab.image;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.stream.Stream;

/** Finds images that nobody needs: no lab boots them, and there are newer ones of their name. */
record Garbage(ImageStore store) {

    /** An image to be removed, and the bytes that this frees. */
    record Item(BootImage image, long bytes) {}

    /** Those to be removed when {@code keep} of each name are to stay, besides those in use. */
    List<Item> find(int keep) throws IOException {
        var seen = new HashMap<String, Integer>();
        var found = new ArrayList<Item>();
        for (ImageStore.Stored stored : store.all()) {
            BootImage image = stored.image();
            boolean there = stored.description().isThere(stored.folder());
            boolean recent = there && seen.merge(image.name(), 1, Integer::sum) <= keep;
            if (!recent && store.uses().labs(image.digest()).isEmpty()) {
                found.add(new Item(image, bytes(stored.folder())));
            }
        }
        return found;
    }

    private static long bytes(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            long sum = 0;
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                sum += Files.size(file);
            }
            return sum;
        }
    }
}

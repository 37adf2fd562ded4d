package vmlab.image;

import java.util.List;
import vmlab.run.LabFailure;

/**
 * Lets only those images through whose files are the ones that were built.
 *
 * <p>A file is read again only where stat (inode, size, ctime) says something else than when it was last read: nothing that writes to
 * a file leaves its ctime alone, and to read 170 MB would be most of an {@code up} that has nothing to do. Bits that a disk loses without
 * a write are for {@code lab image verify}, {@code lab start} and the initrd, which read all there is.
 */
final class ImageIntegrity {

    private final FileHashes hashes;

    ImageIntegrity(FileHashes hashes) {
        this.hashes = hashes;
    }

    /** Returns {@code image}; a {@link LabFailure} where a file of it is not what was built. */
    BootImage require(BootImage image) {
        List<String> damages = Damage.of(image, hashes::sha256);
        hashes.save();
        if (!damages.isEmpty()) {
            throw LabFailure.lab(
                    "the image %s %s in the store was altered".formatted(image.name(), image.shortDigest()),
                    "in " + image.folder() + ": " + String.join("; ", damages),
                    Damage.cure(image.folder()));
        }
        return image;
    }
}

/**
 * The user's container images and how nodes pull them: one content-addressed store for all labs, what brings images into it, and the
 * read-only registry that a lab's boot server is for its nodes. What nodes boot is another room's: {@code image}. It stays one room, since
 * store, archives, pulls and pushes share blobs and manifests that nobody else is to see.
 */
@NullMarked
package vmlab.registry;

import org.jspecify.annotations.NullMarked;

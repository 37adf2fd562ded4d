/**
 * Recipes become artifacts: kernel, initrd and squashfs in a store that is addressed by the content of everything that went in. An image
 * is there whole or not at all.
 */
@NullMarked
package vmlab.image;

import org.jspecify.annotations.NullMarked;

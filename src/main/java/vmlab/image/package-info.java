/**
 * Recipes become artifacts: kernel, initrd and squashfs in a store that is addressed by the content of everything that went in. An image
 * is there whole or not at all. It is one room, a file for each step of a build and each way in which one fails.
 */
@NullMarked
package vmlab.image;

import org.jspecify.annotations.NullMarked;

/**
 * Labs as they stood at one moment, memory and all, and the ways back to it in seconds. A golden lab is one that stood still when it was
 * first Ready; the next {@code up} of the same plan goes on from there. Memory is never copied on the way back: machines read it where it
 * lies, and keep apart what they change.
 */
@NullMarked
package vmlab.snapshot;

import org.jspecify.annotations.NullMarked;

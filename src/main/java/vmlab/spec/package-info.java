/**
 * What the user wrote: records of cluster.yaml and of image recipes, and the strict reader that makes them. {@link vmlab.spec.Specs} is the
 * door. It reports every problem of a file at once, each with its place, its path and what would be valid there. It uses no other room.
 *
 * <p>How it reads: {@code SourceText} (bytes to text) → {@code YamlReader} (text to {@code Value}s that know where they stand) →
 * {@code Fields} and {@code Type} (values to records, collecting {@code Problems}).
 *
 * <p>It is large since each key of the two files that is more than a word has a record and a reader, side by side ({@code Forwarding},
 * {@code ForwardingsReader}); {@code Fields} and {@code Problems} are the readers' alone, and stay so in one package.
 */
@NullMarked
package vmlab.spec;

import org.jspecify.annotations.NullMarked;

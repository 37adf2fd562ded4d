/** Libvirt as an engine, through libvirt-java: the XML that it is given, what it has of ours, and what it sees of a lab. */
@NullMarked
package vmlab.libvirt;

import org.jspecify.annotations.NullMarked;

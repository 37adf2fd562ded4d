/**
 * The machine and its hypervisor: libvirt through libvirt-java, the XML that it is given, what it has of ours, and what the machine can do.
 */
@NullMarked
package vmlab.host;

import org.jspecify.annotations.NullMarked;

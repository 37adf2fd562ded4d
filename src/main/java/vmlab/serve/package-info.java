/** The process that stands by a lab for as long as it is: boot server, what libvirt says, the API's balancer, volumes, ways out, live page. */
@NullMarked
package vmlab.serve;

import org.jspecify.annotations.NullMarked;

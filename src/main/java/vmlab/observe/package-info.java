/** Looking at a lab and at this machine: status, what nodes say, diagnosis and its evidence, the bundle, the doctor. */
@NullMarked
package vmlab.observe;

import org.jspecify.annotations.NullMarked;

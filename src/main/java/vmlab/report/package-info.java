/** What happened, told afterwards: views of the events and nothing but the events. */
@NullMarked
package vmlab.report;

import org.jspecify.annotations.NullMarked;

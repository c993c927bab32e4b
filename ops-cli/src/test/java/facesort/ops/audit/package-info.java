/** Tests of the audit. */
@NullMarked
package facesort.ops.audit;

import org.jspecify.annotations.NullMarked;

/** The {@code audit} command: whether every photo is accounted for, by figures or by the topics. */
@NullMarked
package facesort.ops.audit;

import org.jspecify.annotations.NullMarked;

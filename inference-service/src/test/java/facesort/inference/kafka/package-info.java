/** Tests of the transactions. */
@NullMarked
package facesort.inference.kafka;

import org.jspecify.annotations.NullMarked;

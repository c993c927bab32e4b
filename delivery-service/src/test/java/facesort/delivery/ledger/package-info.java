/** Tests of the ledger. */
@NullMarked
package facesort.delivery.ledger;

import org.jspecify.annotations.NullMarked;

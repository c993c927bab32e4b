/** What is to be delivered to whom, and how far each pair of photo and friend is. */
@NullMarked
package facesort.delivery.ledger;

import org.jspecify.annotations.NullMarked;

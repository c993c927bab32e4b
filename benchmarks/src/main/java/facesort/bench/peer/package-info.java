/** What our runtime is measured against: each a program that answers every task with an event. */
@NullMarked
package facesort.bench.peer;

import org.jspecify.annotations.NullMarked;

/** The contract of a stage as tests: what every stage gets from the runtime, and owes to it. */
@NullMarked
package facesort.worker.kit.contract;

import org.jspecify.annotations.NullMarked;

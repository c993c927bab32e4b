/** What drives a benchmark from outside: tasks, their feeding, and a watch over the answers. */
@NullMarked
package facesort.bench.drive;

import org.jspecify.annotations.NullMarked;

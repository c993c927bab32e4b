/**
 * Tools for tests of workers: real processes and signals, faults put into shipped sources, and an
 * oracle that asks what must hold afterwards.
 */
@NullMarked
package facesort.worker.kit;

import org.jspecify.annotations.NullMarked;

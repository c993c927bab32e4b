/** How often two pictures of one person are told from those of two, with labelled pictures. */
@NullMarked
package facesort.bench.accuracy;

import org.jspecify.annotations.NullMarked;

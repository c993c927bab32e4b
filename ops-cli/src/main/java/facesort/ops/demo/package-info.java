/** The demo: photos and friends made by code, one run of the whole way, and its check. */
@NullMarked
package facesort.ops.demo;

import org.jspecify.annotations.NullMarked;

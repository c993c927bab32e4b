/** Reads and writes our topics with Apicurio's serde, in a process without our code. */
@NullMarked
package facesort.e2e.apicurio;

import org.jspecify.annotations.NullMarked;

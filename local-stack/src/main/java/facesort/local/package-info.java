/** The infrastructure FaceSort needs, real and on loopback: broker, registry, database, objects. */
@NullMarked
package facesort.local;

import org.jspecify.annotations.NullMarked;

/** Friends: who they are, what they consented to, how they are reached. */
@NullMarked
package facesort.ingest.friend;

import org.jspecify.annotations.NullMarked;

/** What those who run the system can ask: workers, remaining work, conservation. */
@NullMarked
package facesort.state.ops;

import org.jspecify.annotations.NullMarked;

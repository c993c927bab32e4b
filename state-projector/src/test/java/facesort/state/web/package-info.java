/** Tests of answers over HTTP. */
@NullMarked
package facesort.state.web;

import org.jspecify.annotations.NullMarked;

/** The models: verified files, our edits of them, and sessions that run them. */
@NullMarked
package facesort.inference.onnx;

import org.jspecify.annotations.NullMarked;

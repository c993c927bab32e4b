/** Tests of the models. */
@NullMarked
package facesort.inference.onnx;

import org.jspecify.annotations.NullMarked;

package facesort.state.wrong;

/** Breaks: ONNX stays in its packages. */
public record UsesOnnx(ai.onnxruntime.OnnxTensor tensor) {}

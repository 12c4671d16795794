package io.headwater.load;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import io.headwater.models.ModelPackage;
import io.headwater.models.TranslationFiles;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.Objects;

/**
 * The graphs of a translation package, on one thread of the CPU.
 *
 * @param first the decoder without a cache
 * @param later the decoder with one; the same in the merged layout
 */
record TranslationSessions(OrtSession encoder, OrtSession first, OrtSession later)
    implements AutoCloseable {

  static TranslationSessions open(ModelPackage model) throws OrtException {
    TranslationFiles files = model.translation().orElseThrow();
    OrtSession first = open(files.decoder());
    return new TranslationSessions(
        open(files.encoder()),
        first,
        files.decoderWithPast().isPresent() ? open(files.decoderWithPast().get()) : first);
  }

  private static OrtSession open(Path graph) throws OrtException {
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      options.setIntraOpNumThreads(1);
      // As in the engine: shapes change with every step, so a plan for them would be made anew.
      options.setMemoryPatternOptimization(false);
      return OrtEnvironment.getEnvironment().createSession(graph.toString(), options);
    }
  }

  /** What the merged decoder is given where it reads no cache. */
  OnnxTensor emptyPast(int rows) throws OrtException {
    String name = "past_key_values.0.decoder.key";
    TensorInfo past =
        (TensorInfo) Objects.requireNonNull(later.getInputInfo().get(name), name).getInfo();
    long[] shape = {rows, past.getShape()[1], 0, past.getShape()[3]};
    return OnnxTensor.createTensor(OrtEnvironment.getEnvironment(), FloatBuffer.allocate(0), shape);
  }

  @Override
  public void close() throws OrtException {
    encoder.close();
    first.close();
    if (later != first) {
      later.close();
    }
  }
}

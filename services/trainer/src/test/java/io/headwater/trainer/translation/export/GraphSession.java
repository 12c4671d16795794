package io.headwater.trainer.translation.export;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.FutureTask;

/** A graph in ONNX Runtime, on one thread, with plain arrays in and out. */
public final class GraphSession implements AutoCloseable {

  private final OrtSession session;

  public GraphSession(ModelProto model) throws Exception {
    byte[] bytes = model.toByteArray();
    // Optimising recurses deeply: more than Java's usual stack may be needed.
    FutureTask<OrtSession> opening =
        new FutureTask<>(
            () -> {
              try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
                options.setIntraOpNumThreads(1);
                return OrtEnvironment.getEnvironment().createSession(bytes, options);
              }
            });
    new Thread(null, opening, "opener", 16L << 20).start();
    this.session = opening.get();
  }

  /** A float tensor. */
  public record Floats(long[] shape, float[] values) {

    /** Numbers of the row {@code index} of the first dimension. */
    public float[] row(int index) {
      int size = values.length / (int) shape[0];
      return Arrays.copyOfRange(values, index * size, (index + 1) * size);
    }
  }

  /** A value for an input: {@link Floats}, rows of ids, or a switch. */
  public Map<String, Floats> run(Map<String, Object> inputs, Collection<String> outputs)
      throws OrtException {
    Map<String, OnnxTensor> tensors = new HashMap<>();
    try {
      for (Map.Entry<String, Object> input : inputs.entrySet()) {
        if (inputNames().contains(input.getKey())) {
          tensors.put(input.getKey(), tensor(input.getValue()));
        }
      }
      Map<String, Floats> found = new HashMap<>();
      try (OrtSession.Result result = session.run(tensors, new LinkedHashSet<>(outputs))) {
        for (String output : outputs) {
          OnnxTensor tensor = (OnnxTensor) result.get(output).orElseThrow();
          FloatBuffer buffer = tensor.getFloatBuffer();
          float[] values = new float[buffer.remaining()];
          buffer.get(values);
          found.put(output, new Floats(tensor.getInfo().getShape(), values));
        }
      }
      return found;
    } finally {
      tensors.values().forEach(OnnxTensor::close);
    }
  }

  public Set<String> inputNames() {
    return session.getInputNames();
  }

  public List<String> outputNames() {
    return new ArrayList<>(session.getOutputNames());
  }

  private static OnnxTensor tensor(Object value) throws OrtException {
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    if (value instanceof Floats floats) {
      return OnnxTensor.createTensor(
          environment, FloatBuffer.wrap(floats.values()), floats.shape());
    }
    if (value instanceof boolean[] flag) {
      return OnnxTensor.createTensor(environment, flag);
    }
    int[][] rows = (int[][]) value;
    LongBuffer ids = LongBuffer.allocate(rows.length * rows[0].length);
    for (int[] row : rows) {
      for (int id : row) {
        ids.put(id);
      }
    }
    return OnnxTensor.createTensor(
        environment, ids.flip(), new long[] {rows.length, rows[0].length});
  }

  @Override
  public void close() throws OrtException {
    session.close();
  }
}

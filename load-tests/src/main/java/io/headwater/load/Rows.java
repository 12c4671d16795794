package io.headwater.load;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/** Tensors by name whose first dimension is the rows of a batch. Closes what it holds. */
final class Rows implements AutoCloseable {

  private final Map<String, OnnxTensor> tensors = new TreeMap<>();

  boolean has(String name) {
    return tensors.containsKey(name);
  }

  OnnxTensor get(String name) {
    return Objects.requireNonNull(tensors.get(name), name);
  }

  /** Takes a tensor over, and closes the one that it replaces. */
  void put(String name, OnnxTensor tensor) {
    OnnxTensor old = tensors.put(name, tensor);
    if (old != null) {
      old.close();
    }
  }

  /** Replaces every tensor by some of its rows, in that order; a row may come several times. */
  void pick(int[] from) throws OrtException {
    for (String name : List.copyOf(tensors.keySet())) {
      OnnxTensor tensor = get(name);
      put(
          name,
          tensor.getInfo().type == OnnxJavaType.INT64 ? longs(tensor, from) : floats(tensor, from));
    }
  }

  /** Rows of one length as int64. */
  static OnnxTensor longs(List<int[]> rows) throws OrtException {
    int length = rows.get(0).length;
    LongBuffer values = bytes(rows.size() * length * Long.BYTES).asLongBuffer();
    for (int[] row : rows) {
      for (int value : row) {
        values.put(value);
      }
    }
    long[] shape = {rows.size(), length};
    return OnnxTensor.createTensor(OrtEnvironment.getEnvironment(), values.flip(), shape);
  }

  private static OnnxTensor longs(OnnxTensor tensor, int[] from) throws OrtException {
    long[] shape = tensor.getInfo().getShape();
    int size = (int) shape[1];
    LongBuffer all = tensor.getLongBuffer();
    LongBuffer some = bytes(from.length * size * Long.BYTES).asLongBuffer();
    for (int row : from) {
      some.put(all.slice(row * size, size));
    }
    shape[0] = from.length;
    return OnnxTensor.createTensor(OrtEnvironment.getEnvironment(), some.flip(), shape);
  }

  private static OnnxTensor floats(OnnxTensor tensor, int[] from) throws OrtException {
    long[] shape = tensor.getInfo().getShape();
    FloatBuffer all = tensor.getFloatBuffer();
    int size = (int) (all.remaining() / shape[0]);
    FloatBuffer some = bytes(from.length * size * Float.BYTES).asFloatBuffer();
    for (int row : from) {
      some.put(all.slice(row * size, size));
    }
    shape[0] = from.length;
    return OnnxTensor.createTensor(OrtEnvironment.getEnvironment(), some.flip(), shape);
  }

  private static ByteBuffer bytes(int count) {
    return ByteBuffer.allocateDirect(count).order(ByteOrder.nativeOrder());
  }

  @Override
  public void close() {
    tensors.values().forEach(OnnxTensor::close);
    tensors.clear();
  }
}

package io.headwater.models.translation;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtSession;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/** Tensors in native memory by name. Whatever is put here is closed here. */
final class NativeTensors implements AutoCloseable {

  private final Map<String, OnnxTensor> tensors = new HashMap<>();

  /** Keeps a tensor; one that had the name before is closed. */
  void put(String name, OnnxTensor tensor) {
    OnnxTensor former = tensors.put(name, tensor);
    if (former != null) {
      former.close();
    }
  }

  /** Takes over what a run gave, under names without what stands before them. */
  void takeFrom(OrtSession.Result result, String prefix, Collection<String> names) {
    for (String name : names) {
      put(name, tensor(result, prefix + name));
    }
  }

  OnnxTensor get(String name) {
    OnnxTensor tensor = tensors.get(name);
    if (tensor == null) {
      throw new IllegalStateException("there is no tensor " + name);
    }
    return tensor;
  }

  static OnnxTensor tensor(OrtSession.Result result, String name) {
    OnnxValue value = result.get(name).orElseThrow();
    if (value instanceof OnnxTensor tensor) {
      return tensor;
    }
    throw new IllegalStateException(name + " is no tensor");
  }

  @Override
  public void close() {
    tensors.values().forEach(OnnxTensor::close);
    tensors.clear();
  }
}

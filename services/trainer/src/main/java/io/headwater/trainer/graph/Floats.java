package io.headwater.trainer.graph;

import ai.onnx.proto.OnnxMl.TensorProto;
import com.google.protobuf.ByteString;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** The numbers of float tensors, in either of the two forms that ONNX files have them. */
public final class Floats {
  private Floats() {}

  /** The numbers of a float tensor that lies in the file itself. */
  public static float[] of(TensorProto tensor) {
    if (tensor.getFloatDataCount() > 0) {
      float[] values = new float[tensor.getFloatDataCount()];
      for (int i = 0; i < values.length; i++) {
        values[i] = tensor.getFloatData(i);
      }
      return values;
    }
    float[] values = new float[tensor.getRawData().size() / Float.BYTES];
    tensor
        .getRawData()
        .asReadOnlyByteBuffer()
        .order(ByteOrder.LITTLE_ENDIAN)
        .asFloatBuffer()
        .get(values);
    return values;
  }

  /** Numbers as the raw data of a tensor. */
  public static ByteString bytes(float... values) {
    ByteBuffer bytes =
        ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(values);
    return ByteString.copyFrom(bytes);
  }

  /** The tensor with other numbers in it. */
  public static TensorProto replace(TensorProto tensor, float... values) {
    return tensor.toBuilder().clearFloatData().setRawData(bytes(values)).build();
  }
}

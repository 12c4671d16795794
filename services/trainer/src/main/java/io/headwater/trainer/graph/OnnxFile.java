package io.headwater.trainer.graph;

import ai.onnx.proto.OnnxMl.ModelProto;
import com.google.protobuf.CodedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads and writes ONNX models. The same model gives the same bytes. */
public final class OnnxFile {

  private OnnxFile() {}

  /**
   * Reads a model, weights and all.
   *
   * @throws IOException if the file cannot be read or holds no ONNX model
   */
  public static ModelProto read(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      CodedInputStream coded = CodedInputStream.newInstance(in);
      // Protobuf refuses large messages unless told otherwise; an encoder's weights are one.
      coded.setSizeLimit(Integer.MAX_VALUE);
      return ModelProto.parseFrom(coded);
    }
  }

  /**
   * Writes a model.
   *
   * @throws IOException if the file cannot be written
   */
  public static void write(ModelProto model, Path file) throws IOException {
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), 1 << 20)) {
      model.writeTo(out);
    }
  }
}

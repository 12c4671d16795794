package io.headwater.trainer.translation.training;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.headwater.trainer.translation.TransformerShape;
import io.headwater.trainer.translation.TransformerWeights;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/** Weights in a file of their own: the shape as a line of JSON, then the tensors in its order. */
public final class WeightsFile {
  private static final JsonMapper JSON = new JsonMapper();

  private WeightsFile() {}

  /**
   * Writes the file; it appears under its name only when it is complete.
   *
   * @throws IOException if it cannot be written
   */
  public static void write(TransformerWeights weights, Path file) throws IOException {
    Path fresh = file.resolveSibling(file.getFileName() + ".new");
    try (DataOutputStream out =
        new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(fresh)))) {
      byte[] shape = JSON.writeValueAsString(weights.shape()).getBytes(StandardCharsets.UTF_8);
      out.writeInt(shape.length);
      out.write(shape);
      for (String name : weights.shape().tensors().keySet()) {
        float[] values = weights.tensor(name);
        ByteBuffer bytes = ByteBuffer.allocate(values.length * Float.BYTES);
        bytes.asFloatBuffer().put(values);
        out.write(bytes.array());
      }
    }
    Files.move(fresh, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
  }

  /**
   * Reads what {@link #write} wrote.
   *
   * @throws IOException if the file cannot be read or ends too early
   */
  public static TransformerWeights read(Path file) throws IOException {
    try (DataInputStream in =
        new DataInputStream(new BufferedInputStream(Files.newInputStream(file)))) {
      byte[] json = in.readNBytes(in.readInt());
      TransformerShape shape = JSON.readValue(json, TransformerShape.class);
      Map<String, float[]> tensors = new LinkedHashMap<>();
      for (Map.Entry<String, int[]> tensor : shape.tensors().entrySet()) {
        float[] values = new float[Arrays.stream(tensor.getValue()).reduce(1, Math::multiplyExact)];
        byte[] bytes = new byte[values.length * Float.BYTES];
        in.readFully(bytes);
        ByteBuffer.wrap(bytes).asFloatBuffer().get(values);
        tensors.put(tensor.getKey(), values);
      }
      return new TransformerWeights(shape, tensors);
    }
  }
}

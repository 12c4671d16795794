package io.headwater.trainer.learning;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.headwater.trainer.tensor.WeightSpec;
import io.headwater.trainer.tensor.Weights;
import io.headwater.trainer.tensor.Weights.Weight;
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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Weights in a file of their own: a line of JSON that names them, then their numbers in its order.
 */
public final class WeightsFile {
  private static final JsonMapper JSON = new JsonMapper();

  private WeightsFile() {}

  /**
   * Writes the file; it appears under its name only when it is complete.
   *
   * @throws IOException if it cannot be written
   */
  public static void write(Weights weights, Path file) throws IOException {
    Path fresh = file.resolveSibling(file.getFileName() + ".new");
    List<WeightSpec> specs = weights.all().values().stream().map(Weight::spec).toList();
    try (DataOutputStream out =
        new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(fresh)))) {
      byte[] header = JSON.writeValueAsString(specs).getBytes(StandardCharsets.UTF_8);
      out.writeInt(header.length);
      out.write(header);
      for (Weight weight : weights.all().values()) {
        ByteBuffer bytes = ByteBuffer.allocate(weight.values().length * Float.BYTES);
        bytes.asFloatBuffer().put(weight.values());
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
  public static Weights read(Path file) throws IOException {
    try (DataInputStream in =
        new DataInputStream(new BufferedInputStream(Files.newInputStream(file)))) {
      byte[] header = in.readNBytes(in.readInt());
      Map<String, Weight> weights = new LinkedHashMap<>();
      for (WeightSpec spec : JSON.readValue(header, new TypeReference<List<WeightSpec>>() {})) {
        byte[] bytes = new byte[spec.size() * Float.BYTES];
        in.readFully(bytes);
        float[] values = new float[spec.size()];
        ByteBuffer.wrap(bytes).asFloatBuffer().get(values);
        weights.put(spec.name(), new Weight(spec, values));
      }
      return new Weights(weights);
    }
  }
}

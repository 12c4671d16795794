package io.headwater.trainer.quantize;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * What calibration found out about a graph: the scale of each tensor that linear layers read. With
 * it the same integers can be made from the same graph again.
 *
 * @param texts how many texts it was found with
 * @param activations by the tensor's name
 */
public record Calibration(int texts, Map<String, ActivationScale> activations) {
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  /** Keeps the tensors sorted. */
  public Calibration {
    activations = Collections.unmodifiableMap(new TreeMap<>(activations));
    if (activations.isEmpty()) {
      throw new IllegalArgumentException("a calibration without a tensor changes nothing");
    }
  }

  /**
   * Reads what {@link #write} wrote.
   *
   * @throws IOException if the file cannot be read
   * @throws IllegalArgumentException naming the file if it holds no calibration
   */
  public static Calibration read(Path file) throws IOException {
    try {
      return JSON.readValue(Files.readString(file), Calibration.class);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(file + " is no calibration: " + e.getOriginalMessage(), e);
    }
  }

  /**
   * Writes it as JSON.
   *
   * @throws IOException if the file cannot be written
   */
  public void write(Path file) throws IOException {
    Files.writeString(file, JSON.writeValueAsString(this) + "\n");
  }
}

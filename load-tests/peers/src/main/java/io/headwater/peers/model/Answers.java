package io.headwater.peers.model;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;

/** Writes answers as JSON. Safe for use by several threads. */
public final class Answers {
  private final ObjectMapper mapper = new ObjectMapper();
  private final List<String> labels;

  /** The content of an answer. */
  private record Answer(String id, String label, float[] probabilities) {}

  /** Writes answers with these labels. */
  public Answers(List<String> labels) {
    this.labels = List.copyOf(labels);
  }

  /**
   * One answer.
   *
   * @param id of the message
   * @param probabilities in the order of the labels
   */
  public byte[] json(String id, float[] probabilities) {
    int best = 0;
    for (int label = 1; label < probabilities.length; label++) {
      best = probabilities[label] > probabilities[best] ? label : best;
    }
    try {
      return mapper.writeValueAsBytes(new Answer(id, labels.get(best), probabilities));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("an answer cannot be written: " + e.getMessage(), e);
    }
  }
}

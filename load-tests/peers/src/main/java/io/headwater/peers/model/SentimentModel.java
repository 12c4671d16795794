package io.headwater.peers.model;

import ai.djl.huggingface.tokenizers.Encoding;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.io.IOException;
import java.nio.LongBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Tokenizer and ONNX Runtime session of a package. Safe for use by several threads: the session may
 * run several times at once, each time with the thread that calls it.
 */
public final class SentimentModel implements AutoCloseable {
  private final TextTokenizer tokenizer;
  private final OrtSession session;
  private final Probabilities probabilities;

  private SentimentModel(TextTokenizer tokenizer, OrtSession session) throws OrtException {
    this.tokenizer = tokenizer;
    this.session = session;
    this.probabilities = Probabilities.of(session.getOutputNames());
  }

  /**
   * Loads both, and runs the graph once.
   *
   * @throws IOException if a file cannot be read
   * @throws OrtException if ONNX Runtime does not take the graph
   */
  public static SentimentModel open(PackageFolder model) throws IOException, OrtException {
    TextTokenizer tokenizer = TextTokenizer.open(model);
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      // Callers share the cores: runs side by side gain more than threads inside one.
      options.setIntraOpNumThreads(1);
      SentimentModel opened =
          new SentimentModel(
              tokenizer,
              OrtEnvironment.getEnvironment().createSession(model.graph().toString(), options));
      opened.probabilities("warm");
      return opened;
    }
  }

  /** The probability of each label for one text. */
  public float[] probabilities(String text) throws OrtException {
    return run(new Encoding[] {tokenizer.encode(text)})[0];
  }

  /** The probability of each label for each text, computed in one run. */
  public float[][] probabilities(List<String> texts) throws OrtException {
    return run(tokenizer.encode(texts));
  }

  @Override
  public void close() throws OrtException {
    session.close();
    tokenizer.close();
  }

  private float[][] run(Encoding[] rows) throws OrtException {
    Map<String, OnnxTensor> inputs = new HashMap<>();
    try {
      for (String input : session.getInputNames()) {
        inputs.put(
            input,
            switch (input) {
              case "input_ids" -> tensor(rows, Encoding::getIds);
              case "attention_mask" -> tensor(rows, Encoding::getAttentionMask);
              default -> tensor(rows, Encoding::getTypeIds);
            });
      }
      try (OrtSession.Result result = session.run(inputs)) {
        return probabilities.of(
            (float[][]) result.get(probabilities.output()).orElseThrow().getValue());
      }
    } finally {
      inputs.values().forEach(OnnxTensor::close);
    }
  }

  private static OnnxTensor tensor(Encoding[] rows, Function<Encoding, long[]> values)
      throws OrtException {
    int length = rows[0].getIds().length;
    LongBuffer all = LongBuffer.allocate(rows.length * length);
    for (Encoding row : rows) {
      all.put(values.apply(row));
    }
    all.flip();
    return OnnxTensor.createTensor(
        OrtEnvironment.getEnvironment(), all, new long[] {rows.length, length});
  }
}

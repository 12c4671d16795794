package io.headwater.peers.model;

import ai.djl.huggingface.tokenizers.Encoding;
import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/**
 * The package's tokenizer in its usual setting: longer texts are truncated, and the rows of a batch
 * are padded to its longest. Safe for use by several threads.
 */
public final class TextTokenizer implements AutoCloseable {
  private final HuggingFaceTokenizer tokenizer;
  private final String prefix;

  private TextTokenizer(HuggingFaceTokenizer tokenizer, String prefix) {
    this.tokenizer = tokenizer;
    this.prefix = prefix;
  }

  /**
   * Loads it.
   *
   * @throws IOException if the file cannot be read
   */
  public static TextTokenizer open(PackageFolder model) throws IOException {
    if (System.getProperty("ai.djl.offline") == null) {
      // The native library is in the jar: nothing is to be looked for on the network.
      System.setProperty("ai.djl.offline", "true");
    }
    String longest = Integer.toString(model.maxTokens());
    return new TextTokenizer(
        HuggingFaceTokenizer.newInstance(
            model.tokenizer(),
            Map.of(
                "truncation",
                "true",
                "maxLength",
                longest,
                "modelMaxLength",
                longest,
                "padding",
                "true")),
        model.textPrefix());
  }

  /** One text, special tokens included. */
  public Encoding encode(String text) {
    return tokenizer.encode(prefix + text);
  }

  /** Texts, each padded to the longest. */
  public Encoding[] encode(List<String> texts) {
    return tokenizer.batchEncode(
        prefix.isEmpty() ? texts : texts.stream().map(prefix::concat).toList());
  }

  @Override
  public void close() {
    tokenizer.close();
  }
}

package io.headwater.peers.consumer;

import ai.djl.huggingface.tokenizers.Encoding;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.translate.Batchifier;
import ai.djl.translate.Translator;
import ai.djl.translate.TranslatorContext;
import io.headwater.peers.model.PackageFolder;
import io.headwater.peers.model.Probabilities;
import io.headwater.peers.model.TextTokenizer;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * From text to probabilities. Batches are made as DJL's own translators for text make them: the
 * tokenizer pads all texts to the longest, which needs no operation that this engine lacks.
 */
final class SentimentTranslator implements Translator<String, float[]>, AutoCloseable {
  private final TextTokenizer tokenizer;
  private final int labels;

  private SentimentTranslator(TextTokenizer tokenizer, int labels) {
    this.tokenizer = tokenizer;
    this.labels = labels;
  }

  static SentimentTranslator open(PackageFolder folder) throws IOException {
    return new SentimentTranslator(TextTokenizer.open(folder), folder.labels().size());
  }

  @Override
  public Batchifier getBatchifier() {
    return Batchifier.STACK;
  }

  @Override
  public NDList processInput(TranslatorContext ctx, String text) {
    return batchProcessInput(ctx, List.of(text));
  }

  @Override
  public NDList batchProcessInput(TranslatorContext ctx, List<String> texts) {
    boolean hasTypes = ctx.getBlock().describeInput().contains("token_type_ids");
    NDList arrays = Encoding.toNDList(tokenizer.encode(texts), ctx.getNDManager(), hasTypes, false);
    arrays.get(0).setName("input_ids");
    arrays.get(1).setName("attention_mask");
    if (hasTypes) {
      arrays.get(2).setName("token_type_ids");
    }
    return arrays;
  }

  @Override
  public float[] processOutput(TranslatorContext ctx, NDList outputs) {
    return batchProcessOutput(ctx, outputs).get(0);
  }

  @Override
  public List<float[]> batchProcessOutput(TranslatorContext ctx, NDList outputs) {
    Probabilities probabilities =
        Probabilities.of(outputs.stream().map(NDArray::getName).collect(Collectors.toSet()));
    float[] flat = outputs.get(probabilities.output()).toFloatArray();
    float[][] rows = new float[flat.length / labels][];
    for (int row = 0; row < rows.length; row++) {
      rows[row] = Arrays.copyOfRange(flat, row * labels, (row + 1) * labels);
    }
    return List.of(probabilities.of(rows));
  }

  @Override
  public void close() {
    tokenizer.close();
  }
}

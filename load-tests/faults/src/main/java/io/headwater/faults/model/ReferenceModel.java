package io.headwater.faults.model;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * What the model must say of a text, computed without the product: its tokenizer and graph run one
 * segment at a time, and the rules for long texts are written down here once more.
 */
public final class ReferenceModel implements AutoCloseable {
  /** Default of the setting {@code tokenizer.segment.overlap}. */
  private static final int OVERLAP = 32;

  private static final int WINDOW = TinyModel.MAX_TOKENS - 2;

  private final OrtEnvironment environment = OrtEnvironment.getEnvironment();
  private final HuggingFaceTokenizer tokenizer;
  private final OrtSession session;

  private ReferenceModel(HuggingFaceTokenizer tokenizer, OrtSession session) {
    this.tokenizer = tokenizer;
    this.session = session;
  }

  /** Opens a package of {@link TinyModel}. */
  public static ReferenceModel open(Path models, String model) {
    if (System.getProperty("ai.djl.offline") == null) {
      System.setProperty("ai.djl.offline", "true");
    }
    Path folder = TinyModel.folder(models, model);
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      options.setIntraOpNumThreads(1);
      return new ReferenceModel(
          HuggingFaceTokenizer.newInstance(
              folder.resolve("tokenizer.json"), Map.of("truncation", "false", "padding", "false")),
          OrtEnvironment.getEnvironment()
              .createSession(folder.resolve("model.onnx").toString(), options));
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read the tokenizer in " + folder, e);
    } catch (OrtException e) {
      throw new IllegalStateException("Cannot load the graph in " + folder, e);
    }
  }

  /** What the model says of a text. */
  public Expected score(String text) {
    long[] ids = tokenizer.encode(text, false, false).getIds();
    // As few segments as can be, all of one length and as far from each other.
    int count = 1;
    while (count * WINDOW - (count - 1) * OVERLAP < ids.length) {
      count++;
    }
    int own = (int) Math.ceil((ids.length + (count - 1.0) * OVERLAP) / count);
    List<Integer> starts = new ArrayList<>();
    List<long[]> segments = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int start = count == 1 ? 0 : i * (ids.length - own) / (count - 1);
      starts.add(start);
      segments.add(framed(ids, start, start + own));
    }
    float[][] rows = new float[segments.size()][];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = softmax(run(List.of(segments.get(i)))[0]);
    }
    float[] pooled = rows.length == 1 ? rows[0] : pooled(rows, starts, own, ids.length);
    List<Float> probabilities = new ArrayList<>();
    int best = 0;
    for (int label = 0; label < pooled.length; label++) {
      probabilities.add(pooled[label]);
      best = pooled[label] > pooled[best] ? label : best;
    }
    return new Expected(TinyModel.LABELS.get(best), probabilities, ids.length, rows.length);
  }

  @Override
  public void close() {
    tokenizer.close();
    try {
      session.close();
    } catch (OrtException e) {
      throw new IllegalStateException("Cannot close the graph", e);
    }
  }

  /** The ids of a text, as the model reads them. */
  long[] ids(String text) {
    long[] ids = tokenizer.encode(text, false, false).getIds();
    return framed(ids, 0, ids.length);
  }

  /** The logits of a batch, each row padded to the longest. */
  float[][] run(List<long[]> rows) {
    int longest = rows.stream().mapToInt(row -> row.length).max().orElseThrow();
    long[][] ids = new long[rows.size()][];
    long[][] mask = new long[rows.size()][longest];
    for (int i = 0; i < ids.length; i++) {
      ids[i] = Arrays.copyOf(rows.get(i), longest);
      Arrays.fill(mask[i], 0, rows.get(i).length, 1);
    }
    try (OnnxTensor idTensor = OnnxTensor.createTensor(environment, ids);
        OnnxTensor maskTensor = OnnxTensor.createTensor(environment, mask);
        OrtSession.Result result =
            session.run(Map.of("input_ids", idTensor, "attention_mask", maskTensor))) {
      return (float[][]) result.get(0).getValue();
    } catch (OrtException e) {
      throw new IllegalStateException("The graph failed: " + e.getMessage(), e);
    }
  }

  private static long[] framed(long[] ids, int from, int to) {
    long[] framed = new long[to - from + 2];
    framed[0] = Vocabulary.CLS;
    System.arraycopy(ids, from, framed, 1, to - from);
    framed[framed.length - 1] = Vocabulary.SEP;
    return framed;
  }

  /** The mean, weighted with the tokens that each segment adds to those before it. */
  private static float[] pooled(float[][] rows, List<Integer> starts, int own, int tokens) {
    double[] sums = new double[rows[0].length];
    int covered = 0;
    for (int i = 0; i < rows.length; i++) {
      int end = starts.get(i) + own;
      double weight = (double) (end - Math.max(covered, starts.get(i))) / tokens;
      covered = end;
      for (int label = 0; label < sums.length; label++) {
        sums[label] += weight * rows[i][label];
      }
    }
    float[] pooled = new float[sums.length];
    for (int label = 0; label < sums.length; label++) {
      pooled[label] = (float) sums[label];
    }
    return pooled;
  }

  private static float[] softmax(float[] logits) {
    double largest = Double.NEGATIVE_INFINITY;
    for (float logit : logits) {
      largest = Math.max(largest, logit);
    }
    double sum = 0;
    for (float logit : logits) {
      sum += StrictMath.exp(logit - largest);
    }
    float[] probabilities = new float[logits.length];
    for (int i = 0; i < logits.length; i++) {
      probabilities[i] = (float) (StrictMath.exp(logits[i] - largest) / sum);
    }
    return probabilities;
  }
}

package io.headwater.trainer.quantize;

import io.headwater.models.ModelId;
import io.headwater.models.ModelPackage;
import io.headwater.models.engine.EngineOptions;
import io.headwater.models.engine.SentimentEngine;
import io.headwater.models.text.PackageTokenizer;
import io.headwater.models.text.SegmentCutter;
import io.headwater.trainer.data.LabelledTexts;
import io.headwater.trainer.data.LengthBatches;
import io.headwater.trainer.graph.OnnxFile;
import io.headwater.trainer.head.PackageQuality;
import io.headwater.trainer.head.Quality;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Makes an int8 package of a sentiment package, and tells how near it is. */
public final class PackageQuantizer {
  /** Texts that are scored alone and together. */
  private static final int PROVED = 48;

  private static final int TOLD_EVERY = 250;

  /** A batch of very unequal lengths shows most. */
  private static final int BATCH = 12;

  private final ModelPackage source;
  private final PrintWriter out;

  /**
   * A quantiser of one package.
   *
   * @param out where it tells how it goes
   */
  public PackageQuantizer(ModelPackage source, PrintWriter out) {
    if (!source.task().equals("sentiment")) {
      throw new IllegalArgumentException(
          source.id() + " is a package for " + source.task() + "; only sentiment can be quantised");
    }
    this.source = source;
    this.out = out;
  }

  /**
   * Calibrates, writes, and checks.
   *
   * @param texts to calibrate with
   * @param labelled sets to measure both packages on; none is fine
   * @param folder where the package goes
   * @throws IOException if a file cannot be read or written
   * @throws IllegalStateException if a score of the new package depends on its batch
   */
  public ModelPackage quantize(
      List<String> texts, List<LabelledTexts> labelled, ModelId id, Path folder)
      throws IOException {
    List<int[]> segments = segments(texts);
    say("calibrating with %,d texts", texts.size());
    Calibration calibration =
        new Calibrator(OnnxFile.read(source.graphFile()))
            .calibrate(
                segments,
                source.padId(),
                done -> tell(done, segments.size()),
                report -> say("  %s", report));
    Files.createDirectories(folder);
    QuantizedPackage.write(source, calibration, id, Map.of(), folder);
    compare(ModelPackage.open(folder), segments);
    if (!labelled.isEmpty()) {
      Map<String, Double> quality = measure(ModelPackage.open(folder), labelled);
      QuantizedPackage.describe(source, calibration, id, quality, folder);
    }
    ModelPackage written = ModelPackage.open(folder);
    say("written    %s in %s", written.id(), folder);
    return written;
  }

  private void tell(int done, int all) {
    if (done == all || done % TOLD_EVERY < BATCH) {
      say("  %,d of %,d read", done, all);
    }
  }

  private List<int[]> segments(List<String> texts) {
    List<int[]> segments = new ArrayList<>();
    try (PackageTokenizer tokenizer = PackageTokenizer.open(source)) {
      SegmentCutter cutter = tokenizer.segmentCutter(0);
      for (String text : texts) {
        segments.add(cutter.first(tokenizer.encode(text)).ids());
      }
    }
    return segments;
  }

  private void compare(ModelPackage quantized, List<int[]> segments) {
    float[][] before = scores(source, segments);
    float[][] after;
    try (SentimentEngine engine = SentimentEngine.open(quantized, EngineOptions.cpu())) {
      after = scores(engine, segments);
      proveInvariant(engine, segments);
    }
    int same = 0;
    double difference = 0;
    for (int i = 0; i < before.length; i++) {
      same += likeliest(before[i]) == likeliest(after[i]) ? 1 : 0;
      for (int label = 0; label < before[i].length; label++) {
        difference += Math.abs(before[i][label] - after[i][label]) / before[i].length;
      }
    }
    say(
        "agreement  %.2f %% of the texts keep their label; a probability moves by %.4f on average",
        100.0 * same / before.length, difference / before.length);
  }

  private void proveInvariant(SentimentEngine engine, List<int[]> segments) {
    int count = Math.min(PROVED, segments.size());
    for (int from = 0; from < count; from += BATCH) {
      List<int[]> batch = segments.subList(from, Math.min(count, from + BATCH));
      float[][] together = engine.probabilities(batch);
      for (int i = 0; i < batch.size(); i++) {
        if (!Arrays.equals(together[i], engine.probabilities(List.of(batch.get(i)))[0])) {
          throw new IllegalStateException(
              "text " + (from + i + 1) + " scores differently alone and in a batch");
        }
      }
    }
    say("invariant  %d texts score the same bits alone and in batches", count);
  }

  private Map<String, Double> measure(ModelPackage quantized, List<LabelledTexts> labelled) {
    Map<String, Double> figures = new LinkedHashMap<>();
    for (LabelledTexts texts : labelled) {
      Quality before = PackageQuality.measure(source, texts);
      Quality after = PackageQuality.measure(quantized, texts);
      say("quality    %s before %s", texts.name(), before);
      say("quality    %s after  %s", texts.name(), after);
      figures.putAll(after.figures(texts.name()));
    }
    return figures;
  }

  private static float[][] scores(ModelPackage model, List<int[]> segments) {
    try (SentimentEngine engine = SentimentEngine.open(model, EngineOptions.cpu())) {
      return scores(engine, segments);
    }
  }

  private static float[][] scores(SentimentEngine engine, List<int[]> segments) {
    float[][] rows = new float[segments.size()][];
    for (List<Integer> batch : LengthBatches.of(segments)) {
      float[][] scored = engine.probabilities(batch.stream().map(segments::get).toList());
      for (int i = 0; i < scored.length; i++) {
        rows[batch.get(i)] = scored[i];
      }
    }
    return rows;
  }

  private static int likeliest(float[] row) {
    int best = 0;
    for (int i = 1; i < row.length; i++) {
      best = row[i] > row[best] ? i : best;
    }
    return best;
  }

  private void say(String format, Object... values) {
    out.println(String.format(Locale.ROOT, format, values));
    out.flush();
  }
}

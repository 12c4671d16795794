package io.headwater.trainer.average;

import ai.onnx.proto.OnnxMl.ModelProto;
import io.headwater.models.FileDigest;
import io.headwater.models.ModelCard;
import io.headwater.models.ModelId;
import io.headwater.models.ModelPackage;
import io.headwater.trainer.data.LabelledTexts;
import io.headwater.trainer.graph.OnnxFile;
import io.headwater.trainer.graph.WeightMean;
import io.headwater.trainer.head.PackageQuality;
import io.headwater.trainer.head.Quality;
import io.headwater.trainer.quantize.DerivedPackage;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Makes one sentiment package of several: each weight is the mean of theirs. */
public final class SentimentAverage {
  private final List<ModelPackage> models;
  private final PrintWriter out;

  /**
   * Over packages of trainings that began with the same weights.
   *
   * @param models two or more
   * @param out where it tells how good they are
   * @throws IOException if a tokenizer cannot be read
   * @throws IllegalArgumentException if there are fewer, or they read or answer differently
   */
  public SentimentAverage(List<ModelPackage> models, PrintWriter out) throws IOException {
    this.models = List.copyOf(models);
    this.out = out;
    Alike.requireTask(models, "sentiment");
    for (ModelPackage other : models.subList(1, models.size())) {
      requireAlike(models.get(0), other);
    }
  }

  /**
   * Writes graph, tokenizer, {@code model.json} and {@code README.md}.
   *
   * @param labelled sets to measure all of them on; none is fine
   * @param folder new or empty
   * @throws IOException if a file cannot be read or written
   * @throws IllegalArgumentException if the graphs differ in more than their weights
   * @throws IllegalStateException if a score of the new package depends on its batch
   */
  public ModelPackage write(List<LabelledTexts> labelled, ModelId id, Path folder)
      throws IOException {
    ModelPackage first = models.get(0);
    List<ModelProto> graphs = new ArrayList<>();
    for (ModelPackage model : models) {
      graphs.add(OnnxFile.read(model.graphFile()));
    }
    ModelProto mean = WeightMean.of(graphs);
    graphs.clear();
    Files.createDirectories(folder);
    OnnxFile.write(mean, folder.resolve(DerivedPackage.GRAPH));
    Files.copy(
        first.tokenizerFile(),
        folder.resolve(DerivedPackage.TOKENIZER),
        StandardCopyOption.REPLACE_EXISTING);
    describe(id, Map.of(), folder);
    ModelPackage written = ModelPackage.open(folder);
    DerivedPackage.requireInvariant(written);
    if (!labelled.isEmpty()) {
      describe(id, measure(written, labelled), folder);
    }
    return ModelPackage.open(folder);
  }

  private void describe(ModelId id, Map<String, Double> quality, Path folder) throws IOException {
    ModelPackage first = models.get(0);
    ModelCard card = MeanOf.card(models, quality);
    String readme = MeanOf.readme(models, id);
    boolean cpuOnly = models.stream().anyMatch(ModelPackage::isCpuOnly);
    DerivedPackage.describe(first, id, card, readme, cpuOnly, folder);
  }

  private Map<String, Double> measure(ModelPackage written, List<LabelledTexts> labelled) {
    Map<String, Double> figures = new LinkedHashMap<>();
    for (LabelledTexts texts : labelled) {
      for (ModelPackage model : models) {
        say(texts, model, PackageQuality.measure(model, texts));
      }
      Quality quality = PackageQuality.measure(written, texts);
      say(texts, written, quality);
      figures.putAll(quality.figures(texts.name()));
    }
    return figures;
  }

  private void say(LabelledTexts texts, ModelPackage model, Quality quality) {
    out.println(String.format(Locale.ROOT, "%-20s %-36s %s", texts.name(), model.id(), quality));
    out.flush();
  }

  private static void requireAlike(ModelPackage one, ModelPackage other) throws IOException {
    Alike.require(one, other, "labels", one.labels(), other.labels());
    Alike.require(one, other, "text prefixes", one.textPrefix(), other.textPrefix());
    Alike.require(one, other, "ways of pooling", one.pooling(), other.pooling());
    Alike.require(one, other, "lengths in tokens", one.maxTokens(), other.maxTokens());
    Alike.require(
        one,
        other,
        "tokenizers (sha256)",
        FileDigest.sha256(one.tokenizerFile()),
        FileDigest.sha256(other.tokenizerFile()));
  }
}

package io.headwater.trainer.average;

import ai.onnx.proto.OnnxMl.ModelProto;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.headwater.models.FileDigest;
import io.headwater.models.ModelCard;
import io.headwater.models.ModelId;
import io.headwater.models.ModelPackage;
import io.headwater.trainer.graph.OnnxFile;
import io.headwater.trainer.graph.WeightMean;
import io.headwater.trainer.translation.quality.TranslationQuality;
import io.headwater.trainer.translation.text.ParallelTexts;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Makes one translation package of several: each weight of each graph is the mean of theirs. All
 * other files are those of the first.
 */
public final class TranslationAverage {
  private static final String DESCRIPTION = "model.json";
  private static final String ONNX = ".onnx";

  private static final JsonMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  private final List<ModelPackage> models;
  private final PrintWriter out;

  /**
   * Over packages of trainings that began with the same weights.
   *
   * @param models two or more
   * @param out where it tells how good they are
   * @throws IllegalArgumentException if there are fewer, or they have other files, languages or
   *     tokenizers
   */
  public TranslationAverage(List<ModelPackage> models, PrintWriter out) {
    this.models = List.copyOf(models);
    this.out = out;
    Alike.requireTask(models, "translation");
    for (ModelPackage other : models.subList(1, models.size())) {
      ModelPackage first = models.get(0);
      Alike.require(first, other, "languages", first.languagePairs(), other.languagePairs());
      Alike.require(first, other, "lengths in tokens", first.maxTokens(), other.maxTokens());
      Alike.require(first, other, "files", first.digests().keySet(), other.digests().keySet());
      for (String file : first.digests().keySet()) {
        if (!file.endsWith(ONNX)) {
          String what = "contents of " + file + " (sha256)";
          Alike.require(first, other, what, digest(first, file), digest(other, file));
        }
      }
    }
  }

  private static String digest(ModelPackage model, String file) {
    return String.valueOf(model.digests().get(file));
  }

  /**
   * Writes graphs, tokenizer, configuration, {@code model.json} and {@code README.md}.
   *
   * @param pairs sets of {@code source TAB target} to measure all of them on, by name; none is fine
   * @param folder new or empty
   * @throws IOException if a file cannot be read or written
   * @throws IllegalArgumentException if the graphs differ in more than their weights
   */
  public ModelPackage write(Map<String, ParallelTexts> pairs, ModelId id, Path folder)
      throws IOException {
    ModelPackage first = models.get(0);
    Map<String, ModelProto> means = new LinkedHashMap<>();
    for (String file : first.digests().keySet()) {
      if (file.endsWith(ONNX)) {
        means.put(file, mean(file));
      }
    }
    Files.createDirectories(folder);
    for (String file : first.digests().keySet()) {
      ModelProto mean = means.get(file);
      if (mean == null) {
        Files.copy(first.folder().resolve(file), folder.resolve(file));
      } else {
        OnnxFile.write(mean, folder.resolve(file));
      }
    }
    describe(id, Map.of(), folder);
    if (!pairs.isEmpty()) {
      describe(id, measure(ModelPackage.open(folder), pairs), folder);
    }
    return ModelPackage.open(folder);
  }

  private ModelProto mean(String file) throws IOException {
    List<ModelProto> graphs = new ArrayList<>();
    for (ModelPackage model : models) {
      graphs.add(OnnxFile.read(model.folder().resolve(file)));
    }
    return WeightMean.of(graphs);
  }

  /** What the first says about itself, but for its name, its files and its card. */
  private void describe(ModelId id, Map<String, Double> quality, Path folder) throws IOException {
    ModelPackage first = models.get(0);
    ObjectNode json = (ObjectNode) JSON.readTree(first.folder().resolve(DESCRIPTION).toFile());
    json.put("id", id.id()).put("version", id.version());
    ObjectNode files = json.putObject("files");
    for (String file : first.digests().keySet()) {
      files.put(file, FileDigest.sha256(folder.resolve(file)));
    }
    ModelCard card = MeanOf.card(models, quality);
    json.set("card", JSON.valueToTree(card));
    Files.writeString(folder.resolve(DESCRIPTION), JSON.writeValueAsString(json) + "\n");
    Files.writeString(folder.resolve("README.md"), MeanOf.readme(models, id));
  }

  private Map<String, Double> measure(ModelPackage written, Map<String, ParallelTexts> pairs) {
    Map<String, Double> figures = new LinkedHashMap<>();
    pairs.forEach(
        (name, texts) -> {
          models.forEach(model -> say(name, model, quality(model, texts)));
          TranslationQuality quality = quality(written, texts);
          say(name, written, quality);
          figures.put(name + ".bleu", quality.bleu().score());
          figures.put(name + ".chrf", quality.chrf().score());
        });
    return figures;
  }

  private static TranslationQuality quality(ModelPackage model, ParallelTexts texts) {
    return TranslationQuality.measure(
        model, model.languagePairs().iterator().next(), texts.sources(), texts.targets(), 0);
  }

  private void say(String name, ModelPackage model, TranslationQuality quality) {
    out.println(
        String.format(
            Locale.ROOT,
            "%-20s %-36s BLEU=%.2f chrF2=%.2f",
            name,
            model.id(),
            quality.bleu().score(),
            quality.chrf().score()));
    out.flush();
  }
}

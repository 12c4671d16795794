package io.headwater.trainer.translator;

import io.headwater.models.LanguagePair;
import io.headwater.models.ModelCard;
import io.headwater.models.ModelId;
import io.headwater.models.ModelPackage;
import io.headwater.trainer.config.ModelSettings;
import io.headwater.trainer.config.TranslationConfiguration;
import io.headwater.trainer.learning.FinishedRun;
import io.headwater.trainer.network.DecoderForm;
import io.headwater.trainer.network.EncoderShape;
import io.headwater.trainer.network.LayerForm;
import io.headwater.trainer.network.TranslationNetwork;
import io.headwater.trainer.network.TranslationShape;
import io.headwater.trainer.tensor.Weights;
import io.headwater.trainer.translation.export.GenerationDefaults;
import io.headwater.trainer.translation.export.PackageDescription;
import io.headwater.trainer.translation.export.TranslationFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A finished training of a translation model, from which packages are written.
 *
 * @param folder that {@link TranslatorTrainer} wrote
 * @param configuration it was trained with
 */
public record TranslatorRun(Path folder, TranslationConfiguration configuration) {
  private static final int BEAMS = 4;

  /**
   * Writes a package of the best weights.
   *
   * @throws IOException if a file cannot be read or written
   * @throws IllegalArgumentException if the folder holds no finished training
   */
  public ModelPackage export(ModelId id, Path out) throws IOException {
    FinishedRun run = new FinishedRun(folder);
    TranslationShape shape =
        configuration.model().toShape(run.vocabulary(configuration.maxTokens()));
    return write(
        new TranslationNetwork(shape),
        run.best(),
        description(id, run.quality()),
        run.tokenizer(),
        out);
  }

  /** Writes a package of a network. */
  static ModelPackage write(
      TranslationNetwork network,
      Weights weights,
      PackageDescription description,
      Path tokenizer,
      Path out)
      throws IOException {
    EncoderShape sizes = network.shape().encoder();
    return new TranslationFolder(description, tokenizer, sizes.vocabulary(), sizes.maxTokens())
        .write(new NetworkGraphs(network, weights).all(), config(network.shape()), out);
  }

  private PackageDescription description(ModelId id, Map<String, Double> quality) {
    List<String> from = configuration.data().from();
    String to = configuration.data().to();
    ModelSettings sizes = configuration.model().encoder();
    List<String> files =
        configuration.data().train().stream()
            .map(file -> String.valueOf(file.getFileName()))
            .toList();
    return new PackageDescription(
        id,
        from.stream().map(language -> new LanguagePair(language, to)).toList(),
        sizes.maxTokens(),
        new GenerationDefaults(BEAMS, sizes.maxTokens(), 1),
        new ModelCard(
            "Translates %s to %s.".formatted(String.join(", ", from), to),
            "unknown: name that of the data",
            "%d + %d layers of width %d, trained from nothing"
                .formatted(
                    sizes.layers().size(), configuration.model().decoder().size(), sizes.width()),
            "headwater train on " + String.join(", ", files),
            quality));
  }

  /** Under a name of its own: no other program has such a network. */
  private static Map<String, Object> config(TranslationShape shape) {
    EncoderShape sizes = shape.encoder();
    Map<String, Object> config = new LinkedHashMap<>();
    config.put("model_type", "headwater-translation");
    config.put("is_encoder_decoder", true);
    config.put("vocab_size", sizes.vocabulary());
    config.put("d_model", sizes.width());
    config.put("encoder_layers", sizes.layers().size());
    config.put("decoder_layers", shape.decoder().size());
    config.put("encoder_attention", names(sizes.layers()));
    config.put(
        "decoder_attention", names(shape.decoder().stream().map(DecoderForm::attention).toList()));
    config.put(
        "decoder_cross_attention",
        names(shape.decoder().stream().map(DecoderForm::cross).toList()));
    config.put("encoder_ffn_dim", sizes.feedForward());
    config.put("decoder_ffn_dim", sizes.feedForward());
    config.put("max_position_embeddings", sizes.maxTokens());
    config.put("activation_function", sizes.activation().toString().toLowerCase(Locale.ROOT));
    config.put("normalize_before", sizes.normBefore());
    config.put("tie_word_embeddings", shape.tied());
    config.put("use_cache", true);
    TranslationFolder.addTokens(config);
    return config;
  }

  private static List<String> names(List<LayerForm> forms) {
    return forms.stream()
        .map(form -> form.kind().toString().toLowerCase(Locale.ROOT).replace('_', '-'))
        .toList();
  }
}

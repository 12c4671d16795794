package io.headwater.trainer.translation.export;

import io.headwater.models.ModelPackage;
import io.headwater.trainer.translation.TransformerShape;
import io.headwater.trainer.translation.TransformerWeights;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * Makes a model package out of a trained transformer and its tokenizer: graphs, {@code
 * config.json}, {@code generation_config.json}, {@code tokenizer.json} and {@code model.json}. The
 * same inputs give the same bytes.
 */
public final class TranslationPackage {

  private final TransformerWeights weights;
  private final TranslationFolder folder;

  /**
   * A package in the making.
   *
   * @param tokenizer a {@code tokenizer.json} with the special tokens of {@link TransformerShape}
   * @throws IllegalArgumentException if sources or translations may be longer than the model has
   *     positions
   */
  public TranslationPackage(
      TransformerWeights weights, PackageDescription description, Path tokenizer) {
    this.weights = Objects.requireNonNull(weights, "weights");
    TransformerShape shape = weights.shape();
    this.folder =
        new TranslationFolder(description, tokenizer, shape.vocabulary(), shape.maxPositions());
  }

  /**
   * Writes the package into a folder, over what was there, and reads it again.
   *
   * @throws IOException if a file cannot be read or written
   * @throws io.headwater.models.InvalidModelPackageException if what came out is no package
   * @throws IllegalArgumentException if the tokenizer has ids that the model does not score
   */
  public ModelPackage write(DecoderLayout layout, Path out) throws IOException {
    return folder.write(TransformerGraphs.of(weights, layout), config(), out);
  }

  /** In the words of the nearest kind that others know; what differs is the order of the norms. */
  private Map<String, Object> config() {
    TransformerShape shape = weights.shape();
    Map<String, Object> config = new LinkedHashMap<>();
    config.put("model_type", "marian");
    config.put("is_encoder_decoder", true);
    config.put("vocab_size", shape.vocabulary());
    config.put("d_model", shape.width());
    config.put("encoder_layers", shape.encoderLayers());
    config.put("decoder_layers", shape.decoderLayers());
    config.put("encoder_attention_heads", shape.heads());
    config.put("decoder_attention_heads", shape.heads());
    config.put("encoder_ffn_dim", shape.feedForward());
    config.put("decoder_ffn_dim", shape.feedForward());
    config.put("num_hidden_layers", shape.encoderLayers());
    config.put("max_position_embeddings", shape.maxPositions());
    config.put("activation_function", "relu");
    config.put("normalize_before", true);
    config.put("scale_embedding", true);
    config.put("share_encoder_decoder_embeddings", true);
    config.put("static_position_embeddings", true);
    config.put("tie_word_embeddings", true);
    config.put("use_cache", true);
    TranslationFolder.addTokens(config);
    return config;
  }
}

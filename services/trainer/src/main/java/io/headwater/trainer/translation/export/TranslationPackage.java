package io.headwater.trainer.translation.export;

import ai.onnx.proto.OnnxMl.ModelProto;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.headwater.models.FileDigest;
import io.headwater.models.ModelPackage;
import io.headwater.trainer.graph.OnnxFile;
import io.headwater.trainer.translation.TransformerShape;
import io.headwater.trainer.translation.TransformerWeights;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * Makes a model package out of a trained transformer and its tokenizer: graphs, {@code
 * config.json}, {@code generation_config.json}, {@code tokenizer.json} and {@code model.json}. The
 * same inputs give the same bytes.
 */
public final class TranslationPackage {

  private static final String TOKENIZER = "tokenizer.json";
  private static final String DESCRIPTION = "model.json";

  private final TransformerWeights weights;
  private final PackageDescription description;
  private final Path tokenizer;

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
    this.description = Objects.requireNonNull(description, "description");
    this.tokenizer = Objects.requireNonNull(tokenizer, "tokenizer");
    requirePositions("maxTokens", description.maxTokens());
    requirePositions("the longest translation", description.generation().maxLength());
  }

  /**
   * Writes the package into a folder, over what was there, and reads it again.
   *
   * @throws IOException if a file cannot be read or written
   * @throws io.headwater.models.InvalidModelPackageException if what came out is no package
   * @throws IllegalArgumentException if the tokenizer has ids that the model does not score
   */
  public ModelPackage write(DecoderLayout layout, Path folder) throws IOException {
    Files.createDirectories(folder);
    Map<String, String> digests = new TreeMap<>();
    for (Map.Entry<String, ModelProto> graph : TransformerGraphs.of(weights, layout).entrySet()) {
      OnnxFile.write(graph.getValue(), folder.resolve(graph.getKey()));
      digests.put(graph.getKey(), "");
    }
    Files.copy(tokenizer, folder.resolve(TOKENIZER), StandardCopyOption.REPLACE_EXISTING);
    writeJson(folder.resolve("config.json"), config());
    writeJson(folder.resolve("generation_config.json"), generation());
    for (String name : List.of(TOKENIZER, "config.json", "generation_config.json")) {
      digests.put(name, "");
    }
    for (Map.Entry<String, String> file : digests.entrySet()) {
      file.setValue(FileDigest.sha256(folder.resolve(file.getKey())));
    }
    writeJson(folder.resolve(DESCRIPTION), model(digests));
    ModelPackage written = ModelPackage.open(folder);
    if (written.vocabularySize() > weights.shape().vocabulary()) {
      throw new IllegalArgumentException(
          "the tokenizer has ids up to "
              + (written.vocabularySize() - 1)
              + ", but the model scores only "
              + weights.shape().vocabulary());
    }
    return written;
  }

  private void requirePositions(String name, int length) {
    int positions = weights.shape().maxPositions();
    if (length > positions) {
      throw new IllegalArgumentException(
          name + " is " + length + ", but the model has only " + positions + " positions");
    }
  }

  private Map<String, Object> model(Map<String, String> digests) {
    Map<String, Object> model = new LinkedHashMap<>();
    model.put("task", "translation");
    model.put("id", description.model().id());
    model.put("version", description.model().version());
    model.put("files", digests);
    model.put("pairs", description.pairs());
    model.put("maxTokens", description.maxTokens());
    model.put("card", description.card());
    return model;
  }

  private Map<String, Object> generation() {
    Map<String, Object> generation = new LinkedHashMap<>();
    addTokens(generation);
    generation.put("num_beams", description.generation().beams());
    generation.put("max_length", description.generation().maxLength());
    generation.put("length_penalty", description.generation().lengthPenalty());
    generation.put("early_stopping", false);
    return generation;
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
    addTokens(config);
    return config;
  }

  private static void addTokens(Map<String, Object> json) {
    json.put("decoder_start_token_id", TransformerShape.START);
    json.put("eos_token_id", TransformerShape.END);
    json.put("pad_token_id", TransformerShape.PAD);
  }

  private static void writeJson(Path file, Map<String, Object> json) throws IOException {
    DefaultIndenter lines = new DefaultIndenter("  ", "\n");
    DefaultPrettyPrinter printer = new DefaultPrettyPrinter().withObjectIndenter(lines);
    Files.writeString(file, new JsonMapper().writer(printer).writeValueAsString(json) + "\n");
  }
}

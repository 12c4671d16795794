package io.headwater.trainer.translation.export;

import ai.onnx.proto.OnnxMl.TensorProto;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.headwater.trainer.graph.Floats;
import io.headwater.trainer.graph.OnnxFile;
import io.headwater.trainer.translation.TransformerShape;
import io.headwater.trainer.translation.TransformerWeights;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A transformer read back from the package that {@link TranslationPackage} wrote: the very weights
 * that were written wherever the width of a head is a power of four, and within a rounding of them
 * elsewhere.
 */
public final class PackagedTransformer {
  private PackagedTransformer() {}

  /**
   * Reads sizes and weights.
   *
   * @param folder of the package
   * @throws IOException if a file cannot be read
   * @throws IllegalArgumentException if the package is not of this kind
   */
  public static TransformerWeights read(Path folder) throws IOException {
    Path config = folder.resolve("config.json");
    if (!Files.isRegularFile(config)) {
      throw new IllegalArgumentException(folder + " is no package: config.json is not there");
    }
    TransformerShape shape = shape(new JsonMapper().readTree(config.toFile()), folder);
    Map<String, TensorProto> found = new LinkedHashMap<>();
    for (Path graph : List.of(folder.resolve("encoder_model.onnx"), decoder(folder))) {
      OnnxFile.read(graph)
          .getGraph()
          .getInitializerList()
          .forEach(tensor -> found.put(tensor.getName(), tensor));
    }
    Map<String, float[]> tensors = new LinkedHashMap<>();
    shape
        .tensors()
        .forEach(
            (name, dimensions) -> {
              TensorProto tensor = found.get(name);
              if (tensor == null) {
                throw new IllegalArgumentException(foreign(folder, "there is no weight " + name));
              }
              tensors.put(
                  name,
                  GraphConstants.withoutScale(
                      name, Floats.of(tensor), dimensions[dimensions.length - 1], shape));
            });
    return new TransformerWeights(shape, tensors);
  }

  private static Path decoder(Path folder) {
    Path merged = folder.resolve("decoder_model_merged.onnx");
    return Files.isRegularFile(merged) ? merged : folder.resolve("decoder_model.onnx");
  }

  private static TransformerShape shape(JsonNode config, Path folder) {
    if (!config.path("normalize_before").asBoolean()) {
      throw new IllegalArgumentException(foreign(folder, "config.json has no normalize_before"));
    }
    return new TransformerShape(
        number(config, "vocab_size", folder),
        number(config, "d_model", folder),
        number(config, "encoder_attention_heads", folder),
        number(config, "encoder_ffn_dim", folder),
        number(config, "encoder_layers", folder),
        number(config, "decoder_layers", folder),
        number(config, "max_position_embeddings", folder));
  }

  private static int number(JsonNode config, String name, Path folder) {
    if (!config.path(name).isInt()) {
      throw new IllegalArgumentException(foreign(folder, "config.json has no " + name));
    }
    return config.path(name).asInt();
  }

  private static String foreign(Path folder, String fault) {
    return "%s is no package of \"headwater train translation\", and only with such a one can a training begin: %s"
        .formatted(folder, fault);
  }
}

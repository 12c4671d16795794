package io.headwater.trainer.sentiment;

import ai.onnx.proto.OnnxMl.ModelProto;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.headwater.models.FileDigest;
import io.headwater.models.ModelCard;
import io.headwater.models.ModelId;
import io.headwater.models.ModelPackage;
import io.headwater.trainer.data.Sentiment;
import io.headwater.trainer.graph.OnnxFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/**
 * The package of a trained sentiment model. The same inputs give the same bytes.
 *
 * @param id what it is called
 * @param languages BCP 47 codes of what it reads
 * @param reading how it reads texts
 * @param card what a person should know of it
 */
record SentimentPackage(ModelId id, List<String> languages, Reading reading, ModelCard card) {
  private static final String GRAPH = "model.onnx";
  private static final String TOKENIZER = "tokenizer.json";
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  SentimentPackage {
    Objects.requireNonNull(id, "id");
    languages = List.copyOf(languages);
    Objects.requireNonNull(reading, "reading");
    Objects.requireNonNull(card, "card");
  }

  /**
   * Writes the package into a folder, over what was there, and reads it again.
   *
   * @throws IOException if a file cannot be read or written
   */
  ModelPackage write(ModelProto graph, Path tokenizer, Path folder) throws IOException {
    Files.createDirectories(folder);
    OnnxFile.write(graph, folder.resolve(GRAPH));
    Files.copy(tokenizer, folder.resolve(TOKENIZER), StandardCopyOption.REPLACE_EXISTING);
    Map<String, Object> model = new LinkedHashMap<>();
    model.put("task", "sentiment");
    model.put("id", id.id());
    model.put("version", id.version());
    Map<String, String> files = new LinkedHashMap<>();
    for (String name : List.of(GRAPH, TOKENIZER)) {
      files.put(name, FileDigest.sha256(folder.resolve(name)));
    }
    model.put("files", files);
    model.put("labels", Sentiment.labels());
    model.put("languages", languages);
    model.put("maxTokens", reading.maxTokens());
    model.put("textPrefix", reading.textPrefix());
    model.put("pooling", reading.pooling().name().toLowerCase(Locale.ROOT));
    model.put("card", card);
    Files.writeString(folder.resolve("model.json"), JSON.writeValueAsString(model) + "\n");
    Files.writeString(folder.resolve("README.md"), readme());
    return ModelPackage.open(folder);
  }

  private String readme() {
    StringBuilder text = new StringBuilder();
    text.append("# %s, %s%n%n%s%n%n".formatted(id.id(), id.version(), card.summary()));
    text.append("Made from: %s.%n%nTraining: %s.%n".formatted(card.origin(), card.training()));
    if (!card.quality().isEmpty()) {
      text.append("\n| measured | |\n| --- | --- |\n");
      card.quality()
          .forEach((name, value) -> text.append("| %s | %.4f |%n".formatted(name, value)));
    }
    return text.toString();
  }
}

package io.headwater.trainer.sentiment;

import io.headwater.models.ModelPackage;
import io.headwater.models.Pooling;
import io.headwater.trainer.config.Configuration;
import io.headwater.trainer.config.InvalidConfigurationException;
import io.headwater.trainer.config.PretrainedSettings;
import io.headwater.trainer.data.Sentiment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/**
 * How a model reads texts: a package that training begins with says so, and what comes out reads
 * them likewise.
 *
 * @param textPrefix put before each text
 * @param pooling how one vector is made of the tokens' vectors
 * @param maxTokens longest segment that the graph takes; training may stop at shorter ones
 */
record Reading(String textPrefix, Pooling pooling, int maxTokens) {
  Reading {
    Objects.requireNonNull(textPrefix, "textPrefix");
    Objects.requireNonNull(pooling, "pooling");
  }

  /**
   * Of what a configuration asks for.
   *
   * @throws InvalidConfigurationException if it begins with a package for something else
   */
  static Reading of(Configuration configuration) {
    Path begun = configuration.pretrained().map(PretrainedSettings::source).orElse(Path.of(""));
    if (!Files.isRegularFile(begun.resolve("model.json"))) {
      return new Reading("", Pooling.MEAN, configuration.maxTokens());
    }
    ModelPackage model = ModelPackage.open(begun);
    if (!model.task().equals("sentiment") || !model.labels().equals(Sentiment.labels())) {
      throw new InvalidConfigurationException(
          List.of(
              "model.pretrained: %s is a package for %s with labels %s; needed: sentiment, with %s"
                  .formatted(model.id(), model.task(), model.labels(), Sentiment.labels())));
    }
    return new Reading(model.textPrefix(), model.pooling(), model.maxTokens());
  }
}

package io.headwater.cli.offline;

import io.headwater.cli.ConnectionOptions;
import io.headwater.cli.ShippedTranslation;
import io.headwater.models.ModelPackage;
import io.headwater.runtime.config.Settings;
import io.headwater.scorer.ScorerConfig;
import io.headwater.scorer.translation.TranslationObserver;
import io.headwater.tokenizer.TranslationChoice;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options of the commands that translate without Kafka. */
final class TranslationOptions {
  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  @Option(
      names = "--from",
      paramLabel = "LANG",
      description = "Translation: BCP 47 language of all texts; else it is detected.")
  private Optional<String> from = Optional.empty();

  @Option(
      names = "--to",
      paramLabel = "LANG",
      description =
          "Translation: BCP 47 language to write. Default: the setting translation.target.language.")
  private Optional<String> to = Optional.empty();

  @Option(
      names = "--beams",
      paramLabel = "N",
      description = "Translation: beams. Default: the setting translation.beams.")
  private Optional<Integer> beams = Optional.empty();

  /** Makes sure that nothing is asked of another task that only translation has. */
  void requireUnused() {
    if (from.isPresent() || to.isPresent() || beams.isPresent()) {
      throw new ParameterException(
          spec.commandLine(), "--from, --to and --beams are for --task translation");
    }
  }

  /**
   * Loads the model that is asked for.
   *
   * @param observer is told of each call of the model
   */
  OfflineTranslator open(
      ConnectionOptions connection, ModelOption model, TranslationObserver observer) {
    Optional<ModelPackage> folder = model.folder(connection);
    Settings settings = settings(connection, model, folder);
    try {
      return OfflineTranslator.open(settings, folder, from, observer);
    } catch (UnknownPairException e) {
      throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
    }
  }

  private Settings settings(
      ConnectionOptions connection, ModelOption model, Optional<ModelPackage> folder) {
    Map<String, String> asked = new HashMap<>(model.as(TranslationChoice.MODEL, folder));
    if (!model.isPresent()) {
      asked.putAll(ShippedTranslation.unlessNamed(connection.settings()));
    }
    to.ifPresent(tag -> asked.put(TranslationChoice.TARGET_LANGUAGE, tag));
    beams.ifPresent(number -> asked.put("translation.beams", number.toString()));
    asked.put(ScorerConfig.TASKS, "sentiment,translation");
    return connection.settingsWith(Map.of(), asked);
  }
}

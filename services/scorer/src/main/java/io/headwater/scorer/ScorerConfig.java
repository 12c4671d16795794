package io.headwater.scorer;

import static org.apache.kafka.common.config.ConfigDef.Importance.HIGH;
import static org.apache.kafka.common.config.ConfigDef.Importance.LOW;
import static org.apache.kafka.common.config.ConfigDef.Importance.MEDIUM;
import static org.apache.kafka.common.config.ConfigDef.Range.between;

import io.headwater.models.ModelCatalog;
import io.headwater.models.ModelId;
import io.headwater.models.TrustedKeys;
import io.headwater.models.engine.EngineOptions;
import io.headwater.models.engine.ExecutionProvider;
import io.headwater.runtime.config.CommonSettings;
import io.headwater.runtime.config.InvalidSettingsException;
import io.headwater.runtime.config.Settings;
import io.headwater.runtime.faults.BreakerOptions;
import io.headwater.runtime.http.HttpEndpoint;
import io.headwater.runtime.http.HttpSettings;
import io.headwater.schemas.HeadwaterTopics;
import io.headwater.scorer.batch.BatchBudget;
import io.headwater.scorer.sentiment.ExplanationBudget;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.CaseInsensitiveValidString;
import org.apache.kafka.common.config.ConfigDef.Type;
import org.apache.kafka.common.config.ConfigDef.ValidList;

/**
 * How the scorer runs.
 *
 * @param models the model packages
 * @param tasks those that this instance does; translation only where it is set up
 * @param sentimentModel loaded at start; tokens with other stamps load theirs when they come
 * @param engine execution provider and threads
 * @param budget size of a batch of sentiment
 * @param unitTokens most tokens of a unit of work of sentiment, which is one transaction; a longer
 *     record is a unit by itself
 * @param cacheTokens most tokens of segments whose scores are kept for texts that come again
 * @param explanations what an explanation of a message may cost
 * @param translation how texts are translated; empty where the river does not translate
 * @param maxPollRecords most records of a poll
 * @param breaker when it stops reading because too many records fail
 * @param instanceId names the instance's transactions
 * @param admin where the admin endpoint is, and for whom
 * @param followsModels whether the river's assignments say which models serve, before the settings
 */
public record ScorerConfig(
    ModelCatalog models,
    Set<String> tasks,
    ModelId sentimentModel,
    EngineOptions engine,
    BatchBudget budget,
    int unitTokens,
    int cacheTokens,
    ExplanationBudget explanations,
    Optional<TranslationSettings> translation,
    int maxPollRecords,
    BreakerOptions breaker,
    String instanceId,
    HttpEndpoint admin,
    boolean followsModels) {
  /** The settings of the admin endpoint. */
  public static final HttpEndpoint.Keys ADMIN =
      new HttpEndpoint.Keys("scorer.admin.host", "scorer.admin.port", HttpSettings.ADMIN_TOKEN);

  /** Setting of the tasks. */
  public static final String TASKS = "scorer.tasks";

  /** Setting of the translation model. */
  public static final String TRANSLATION_MODEL = "translation.model";

  public ScorerConfig {
    tasks = Set.copyOf(tasks);
    if (tasks.isEmpty()) {
      throw new IllegalArgumentException("A scorer has at least one task");
    }
    if (tasks.contains(HeadwaterTopics.TRANSLATION) && translation.isEmpty()) {
      throw new IllegalArgumentException("Translation without its settings");
    }
  }

  /**
   * Adds the scorer's keys to a definition. {@code sentiment.model} and {@code translation.model}
   * are the tokenizer's keys too, and it defines them.
   */
  public static ConfigDef define(ConfigDef definition) {
    return defineTranslation(defineSentiment(definition))
        .define(
            TASKS,
            Type.LIST,
            "sentiment,translation",
            ValidList.in(false, HeadwaterTopics.SENTIMENT, HeadwaterTopics.TRANSLATION),
            MEDIUM,
            "Tasks that this scorer does, each in a thread of its own: one of them, so that each"
                + " can have machines of its own, or both. Where translation.model is empty there is"
                + " no translation.")
        .define(
            "execution.provider",
            Type.STRING,
            "auto",
            CaseInsensitiveValidString.in("auto", "cpu", "cuda"),
            HIGH,
            "Where models run: cpu, cuda, or auto (cuda where there is a usable GPU, else cpu).")
        .define(
            "execution.device",
            Type.INT,
            0,
            between(0, 1_023),
            LOW,
            "Which GPU, counted from 0, where models run on cuda.")
        .define(
            "scorer.engine.threads",
            Type.INT,
            0,
            between(0, 1_024),
            MEDIUM,
            "Threads that models may use; 0: as many as there are cores. On the CPU batches of"
                + " sentiment run side by side, one on each; elsewhere they share each call.")
        .define(
            "scorer.max.poll.records",
            Type.INT,
            1_024,
            between(1, 100_000),
            MEDIUM,
            "Most records of one poll: the window over which segments are sorted by length.")
        .define(ADMIN.host(), Type.STRING, "127.0.0.1", LOW, "Host of the admin endpoint.")
        .define(
            ADMIN.port(),
            Type.INT,
            9102,
            between(0, 65_535),
            LOW,
            "Port of the admin endpoint (metrics, health).");
  }

  private static ConfigDef defineSentiment(ConfigDef definition) {
    return definition
        .define(
            "scorer.batch.tokens",
            Type.INT,
            1_024,
            between(16, 10_000_000),
            HIGH,
            "Most tokens of a sentiment batch, padding included. About 1024 is best on a CPU; a GPU"
                + " wants more.")
        .define(
            "scorer.batch.call.tokens",
            Type.INT,
            12,
            between(0, 1_000_000),
            LOW,
            "What a call of the model costs beside its tokens, in tokens: messages of different"
                + " lengths share a batch where they would be padded by less. About 12 on a CPU;"
                + " tune-batch measures it.")
        .define(
            "scorer.unit.tokens",
            Type.INT,
            32_768,
            between(16, 100_000_000),
            MEDIUM,
            "Most tokens of a unit of work of sentiment: its results and offsets commit in one"
                + " transaction.")
        .define(
            "scorer.cache.tokens",
            Type.INT,
            262_144,
            between(0, 100_000_000),
            LOW,
            "Most tokens of texts whose sentiment is kept in memory, at about four bytes a token:"
                + " a text that comes again is not run again, and its score is the same; 0: none.")
        .define(
            "scorer.explain.tokens",
            Type.INT,
            4_096,
            between(1, 100_000_000),
            LOW,
            "About how many tokens run through the model to see what a message's label is without"
                + " parts of it, where an explanation was asked for. More is finer for long"
                + " messages, and slower.")
        .define(
            "scorer.explain.map.bytes",
            Type.INT,
            1_048_576,
            between(0, 8 * 1_048_576),
            LOW,
            "Most bytes of attention maps in an explanation, one for each weight; 0: no maps. Where"
                + " all heads take more, their mean is given.");
  }

  private static ConfigDef defineTranslation(ConfigDef definition) {
    return definition
        .define(
            "translation.beams",
            Type.INT,
            0,
            between(0, 64),
            MEDIUM,
            "Beams of a translation: 1 is fastest, more may be better; 0: as the model's package"
                + " says.")
        .define(
            "scorer.translation.batch.tokens",
            Type.INT,
            1_024,
            between(16, 10_000_000),
            HIGH,
            "Most source tokens that are decoded together, beams and padding included. A GPU wants"
                + " more.")
        .define(
            "scorer.translation.unit.tokens",
            Type.INT,
            4_096,
            between(16, 100_000_000),
            MEDIUM,
            "Most tokens of a unit of work of translation. Less than for sentiment, since decoding"
                + " is slower: a unit is done again as a whole, and seen as a whole.");
  }

  /**
   * Reads the scorer's settings.
   *
   * @throws io.headwater.models.InvalidKeyFileException when a trusted key cannot be read
   * @throws InvalidSettingsException when the only task is one that is not set up
   */
  public static ScorerConfig from(Settings settings) {
    Optional<TranslationSettings> translation =
        settings.text(TRANSLATION_MODEL).map(model -> translation(model, settings));
    return new ScorerConfig(
        new ModelCatalog(
            settings.path(CommonSettings.MODELS_DIRECTORY),
            TrustedKeys.in(settings.list(CommonSettings.MODELS_TRUSTED_KEYS))),
        tasks(settings, translation.isPresent()),
        ModelId.parse(settings.string("sentiment.model")),
        new EngineOptions(
            ExecutionProvider.valueOf(
                settings.string("execution.provider").toUpperCase(Locale.ROOT)),
            settings.integer("scorer.engine.threads"),
            settings.integer("execution.device")),
        new BatchBudget(
            settings.integer("scorer.batch.tokens"), settings.integer("scorer.batch.call.tokens")),
        settings.integer("scorer.unit.tokens"),
        settings.integer("scorer.cache.tokens"),
        new ExplanationBudget(
            settings.integer("scorer.explain.tokens"),
            settings.integer("scorer.explain.map.bytes")),
        translation,
        settings.integer("scorer.max.poll.records"),
        BreakerOptions.from(settings),
        CommonSettings.instanceId(settings),
        HttpSettings.endpoint(settings, ADMIN),
        settings.flag(CommonSettings.MODELS_FOLLOW));
  }

  private static TranslationSettings translation(String model, Settings settings) {
    return new TranslationSettings(
        ModelId.parse(model),
        settings.integer("translation.beams"),
        settings.integer("scorer.translation.batch.tokens"),
        settings.integer("scorer.translation.unit.tokens"));
  }

  private static Set<String> tasks(Settings settings, boolean translates) {
    Set<String> tasks = new TreeSet<>(settings.list(TASKS));
    if (!translates) {
      tasks.remove(HeadwaterTopics.TRANSLATION);
    }
    if (tasks.isEmpty()) {
      throw new InvalidSettingsException(
          List.of(
              "%s: translation is the only task, and %s is empty: there is nothing to do"
                  .formatted(TASKS, TRANSLATION_MODEL)));
    }
    return tasks;
  }
}

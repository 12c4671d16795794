package io.headwater.tokenizer;

import static org.apache.kafka.common.config.ConfigDef.Importance.HIGH;
import static org.apache.kafka.common.config.ConfigDef.Importance.LOW;
import static org.apache.kafka.common.config.ConfigDef.Importance.MEDIUM;
import static org.apache.kafka.common.config.ConfigDef.Range.atLeast;
import static org.apache.kafka.common.config.ConfigDef.Range.between;

import io.headwater.models.ModelCatalog;
import io.headwater.models.ModelId;
import io.headwater.models.TrustedKeys;
import io.headwater.runtime.config.CommonSettings;
import io.headwater.runtime.config.Settings;
import io.headwater.runtime.faults.BreakerOptions;
import io.headwater.runtime.http.HttpEndpoint;
import io.headwater.runtime.http.HttpSettings;
import io.headwater.tokenizer.plan.PlannerLimits;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Type;

/**
 * How the tokenizer runs.
 *
 * @param models the model packages
 * @param stateDirectory folder of Kafka Streams
 * @param sentimentModel the package whose tokenizer makes the tokens of sentiment
 * @param translation what messages are translated with, before sentiment; empty for not at all
 * @param languages BCP 47 codes that the language detector expects
 * @param limits sizes and choices of the planner
 * @param threads stream threads; more than partitions are idle
 * @param commitInterval how long a transaction stays open on a busy machine
 * @param breaker when it stops reading because too many records fail
 * @param intake which messages are taken, and how fast
 * @param instanceId tells instances apart
 * @param admin where the admin endpoint is, and for whom
 * @param followsModels whether the river's assignments say which models serve, before the settings
 */
public record TokenizerConfig(
    ModelCatalog models,
    Path stateDirectory,
    ModelId sentimentModel,
    Optional<TranslationChoice> translation,
    List<String> languages,
    PlannerLimits limits,
    int threads,
    Duration commitInterval,
    BreakerOptions breaker,
    Intake intake,
    String instanceId,
    HttpEndpoint admin,
    boolean followsModels) {
  /** The settings of the admin endpoint. */
  public static final HttpEndpoint.Keys ADMIN =
      new HttpEndpoint.Keys(
          "tokenizer.admin.host", "tokenizer.admin.port", HttpSettings.ADMIN_TOKEN);

  public TokenizerConfig {
    languages = List.copyOf(languages);
  }

  /** Adds the tokenizer's keys to a definition. */
  public static ConfigDef define(ConfigDef definition) {
    return defineRunning(defineModels(definition));
  }

  private static ConfigDef defineModels(ConfigDef definition) {
    return definition
        .define(
            "sentiment.model",
            Type.STRING,
            "sentiment-e5-small-v2-int8@1.3.0",
            HIGH,
            "Model package that serves sentiment, as id@version, where `headwater models assign` has"
                + " not assigned one.")
        .define(
            TranslationChoice.MODEL,
            Type.STRING,
            "",
            HIGH,
            "Model package that serves translation, as id@version, where `headwater models assign`"
                + " has not assigned one. Empty: nothing is translated.")
        .define(
            TranslationChoice.TARGET_LANGUAGE,
            Type.STRING,
            "en",
            ConfigDef.LambdaValidator.with(
                TranslationChoice::requireLanguage, () -> "a language's BCP 47 code"),
            MEDIUM,
            "Language (BCP 47) to translate into, where a message names none.")
        .define(
            "tokenizer.explain.one.in",
            Type.INT,
            0,
            between(0, Integer.MAX_VALUE),
            MEDIUM,
            "Of so many messages one is explained though it does not ask for it; 0: none. An"
                + " explanation costs as much as up to 64 scores.");
  }

  private static ConfigDef defineRunning(ConfigDef definition) {
    return definition
        .define(
            "tokenizer.languages",
            Type.LIST,
            "en,de,fr,es",
            MEDIUM,
            "Languages (BCP 47) that messages are expected to be in: short texts are told apart"
                + " among these.")
        .define(
            "tokenizer.max.text.bytes",
            Type.INT,
            1 << 20,
            between(1, 1 << 20),
            MEDIUM,
            "Longest text, in bytes of UTF-8. A longer one becomes a dead letter.")
        .define(
            "tokenizer.segment.overlap",
            Type.INT,
            32,
            between(0, 128),
            LOW,
            "Tokens that neighbouring segments of a long text share.")
        .define(
            "tokenizer.score.other.languages",
            Type.BOOLEAN,
            false,
            MEDIUM,
            "Whether to score messages in languages that the model does not read.")
        .define("tokenizer.threads", Type.INT, 1, between(1, 256), MEDIUM, "Stream threads.")
        .define(
            "tokenizer.rate.limit",
            Type.INT,
            0,
            between(0, 1_000_000),
            LOW,
            "Most messages a second that an instance takes; 0: no limit. Throttles a replay.")
        .define(
            "tokenizer.commit.interval.ms",
            Type.LONG,
            200L,
            atLeast(1),
            MEDIUM,
            "How long a transaction stays open on a busy machine; a quarter of that while there is"
                + " processor time to spare. Where none is left, reads rest too: half of it, at"
                + " most 200. Less is lower latency, more is less overhead.")
        .define(ADMIN.host(), Type.STRING, "127.0.0.1", LOW, "Host of the admin endpoint.")
        .define(
            ADMIN.port(),
            Type.INT,
            9101,
            between(0, 65_535),
            LOW,
            "Port of the admin endpoint (metrics, health).");
  }

  /** Reads the tokenizer's settings. */
  public static TokenizerConfig from(Settings settings) {
    return new TokenizerConfig(
        new ModelCatalog(
            settings.path(CommonSettings.MODELS_DIRECTORY),
            TrustedKeys.in(settings.list(CommonSettings.MODELS_TRUSTED_KEYS))),
        settings.path(CommonSettings.STATE_DIRECTORY),
        ModelId.parse(settings.string("sentiment.model")),
        TranslationChoice.from(settings),
        settings.list("tokenizer.languages"),
        new PlannerLimits(
            settings.integer("tokenizer.max.text.bytes"),
            settings.integer("tokenizer.segment.overlap"),
            settings.flag("tokenizer.score.other.languages"),
            settings.integer("tokenizer.explain.one.in")),
        settings.integer("tokenizer.threads"),
        settings.millis("tokenizer.commit.interval.ms"),
        BreakerOptions.from(settings),
        new Intake(
            CommonSettings.messagesRange(settings), settings.integer("tokenizer.rate.limit")),
        CommonSettings.instanceId(settings),
        HttpSettings.endpoint(settings, ADMIN),
        settings.flag(CommonSettings.MODELS_FOLLOW));
  }
}

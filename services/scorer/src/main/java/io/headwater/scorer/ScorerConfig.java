package io.headwater.scorer;

import static org.apache.kafka.common.config.ConfigDef.Importance.HIGH;
import static org.apache.kafka.common.config.ConfigDef.Importance.LOW;
import static org.apache.kafka.common.config.ConfigDef.Importance.MEDIUM;
import static org.apache.kafka.common.config.ConfigDef.Range.between;

import io.headwater.models.ModelId;
import io.headwater.models.engine.EngineOptions;
import io.headwater.models.engine.ExecutionProvider;
import io.headwater.runtime.config.CommonSettings;
import io.headwater.runtime.config.Settings;
import io.headwater.runtime.faults.BreakerOptions;
import io.headwater.scorer.batch.BatchBudget;
import java.nio.file.Path;
import java.util.Locale;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.CaseInsensitiveValidString;
import org.apache.kafka.common.config.ConfigDef.Type;

/**
 * How the scorer runs.
 *
 * @param modelsDirectory folder of model packages
 * @param sentimentModel loaded at start; tokens with other stamps load theirs when they come
 * @param engine execution provider and threads
 * @param budget size of a batch
 * @param unitTokens most tokens of a unit of work, which is one transaction; a longer record is a
 *     unit by itself
 * @param maxPollRecords most records of a poll
 * @param breaker when it stops reading because too many records fail
 * @param instanceId names the instance's transactions
 * @param adminHost where the admin endpoint listens
 * @param adminPort its port; 0 for any free one
 */
public record ScorerConfig(
    Path modelsDirectory,
    ModelId sentimentModel,
    EngineOptions engine,
    BatchBudget budget,
    int unitTokens,
    int maxPollRecords,
    BreakerOptions breaker,
    String instanceId,
    String adminHost,
    int adminPort) {
  /** Setting of the admin endpoint's port. */
  public static final String ADMIN_PORT = "scorer.admin.port";

  /** Adds the scorer's keys to a definition. {@code sentiment.model} is the tokenizer's key too. */
  public static ConfigDef define(ConfigDef definition) {
    return definition
        .define(
            "execution.provider",
            Type.STRING,
            "auto",
            CaseInsensitiveValidString.in("auto", "cpu", "cuda"),
            HIGH,
            "Where models run: cpu, cuda, or auto (cuda where there is a usable GPU, else cpu).")
        .define(
            "scorer.engine.threads",
            Type.INT,
            0,
            between(0, 1_024),
            MEDIUM,
            "Threads of ONNX Runtime inside one call; 0: as many as there are cores.")
        .define(
            "scorer.batch.tokens",
            Type.INT,
            1_024,
            between(16, 10_000_000),
            HIGH,
            "Most tokens of a batch, padding included. About 1024 is best on a CPU; a GPU wants more.")
        .define(
            "scorer.batch.max.padding",
            Type.DOUBLE,
            0.05,
            between(0.0, 0.99),
            LOW,
            "Largest share of a batch's tokens that may be padding.")
        .define(
            "scorer.unit.tokens",
            Type.INT,
            32_768,
            between(16, 100_000_000),
            MEDIUM,
            "Most tokens of a unit of work: its results and offsets commit in one transaction.")
        .define(
            "scorer.max.poll.records",
            Type.INT,
            1_024,
            between(1, 100_000),
            MEDIUM,
            "Most records of one poll: the window over which segments are sorted by length.")
        .define("scorer.admin.host", Type.STRING, "127.0.0.1", LOW, "Host of the admin endpoint.")
        .define(
            ADMIN_PORT,
            Type.INT,
            9102,
            between(0, 65_535),
            LOW,
            "Port of the admin endpoint (metrics, health).");
  }

  /** Reads the scorer's settings. */
  public static ScorerConfig from(Settings settings) {
    return new ScorerConfig(
        settings.path(CommonSettings.MODELS_DIRECTORY),
        ModelId.parse(settings.string("sentiment.model")),
        new EngineOptions(
            ExecutionProvider.valueOf(
                settings.string("execution.provider").toUpperCase(Locale.ROOT)),
            settings.integer("scorer.engine.threads")),
        new BatchBudget(
            settings.integer("scorer.batch.tokens"), settings.number("scorer.batch.max.padding")),
        settings.integer("scorer.unit.tokens"),
        settings.integer("scorer.max.poll.records"),
        BreakerOptions.from(settings),
        CommonSettings.instanceId(settings),
        settings.string("scorer.admin.host"),
        settings.integer(ADMIN_PORT));
  }
}

package io.headwater.cli.replay;

import io.headwater.avro.ReplayPlan;
import io.headwater.avro.ReplayRange;
import io.headwater.runtime.config.CommonSettings;
import io.headwater.runtime.config.OffsetRanges;
import io.headwater.runtime.config.OffsetRanges.Range;
import io.headwater.runtime.config.Settings;
import io.headwater.schemas.HeadwaterTopics;
import io.headwater.tokenizer.TranslationChoice;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/** The settings of a replay's services: what the user chose, but for what makes it this replay. */
final class ReplaySettings {
  private static final String SENTIMENT_MODEL = "sentiment.model";

  /** Longer than any range: what waits for its score in a replay waits until it comes. */
  private static final Duration FOR_EVER = Duration.ofDays(36_500);

  private static final Map<String, Duration> WINDOWS =
      Map.of("1s", Duration.ofSeconds(1), "1m", Duration.ofMinutes(1), "1h", Duration.ofHours(1));

  /** What the results depend on, and how each is written. */
  private static final Map<String, Function<Settings, String>> KEPT =
      Map.of(
          SENTIMENT_MODEL,
          settings -> settings.string(SENTIMENT_MODEL),
          TranslationChoice.MODEL,
          settings -> settings.text(TranslationChoice.MODEL).orElse(""),
          TranslationChoice.TARGET_LANGUAGE,
          settings -> settings.string(TranslationChoice.TARGET_LANGUAGE),
          "translation.beams",
          settings -> Integer.toString(settings.integer("translation.beams")),
          "tokenizer.languages",
          settings -> String.join(",", settings.list("tokenizer.languages")),
          "tokenizer.max.text.bytes",
          settings -> Integer.toString(settings.integer("tokenizer.max.text.bytes")),
          "tokenizer.segment.overlap",
          settings -> Integer.toString(settings.integer("tokenizer.segment.overlap")),
          "tokenizer.score.other.languages",
          settings -> Boolean.toString(settings.flag("tokenizer.score.other.languages")),
          "execution.provider",
          settings -> settings.string("execution.provider"));

  private ReplaySettings() {}

  /** The setting that names the model of a task. */
  static String modelOf(String task) {
    return task.equals(HeadwaterTopics.TRANSLATION) ? TranslationChoice.MODEL : SENTIMENT_MODEL;
  }

  /** What a plan has settled, its model too. One from before there was translation has none. */
  static Map<String, String> settled(ReplayPlan plan) {
    Map<String, String> settled = new TreeMap<>(plan.getSettings());
    settled.put(modelOf(plan.getTask()), ReplayRequest.modelOf(plan).toString());
    settled.putIfAbsent(TranslationChoice.MODEL, "");
    return settled;
  }

  /** The settings that go into the plan. */
  static Map<String, String> kept(Settings settings) {
    Map<String, String> kept = new TreeMap<>();
    KEPT.forEach((key, read) -> kept.put(key, read.apply(settings)));
    return kept;
  }

  /** What a replay sets unless a flag does: free ports, and windows that wait for stragglers. */
  static Map<String, String> usual(ReplayName name, ReplayPlan plan, Settings live) {
    Map<String, String> usual = new HashMap<>();
    for (String port :
        List.of(
            "tokenizer.admin.port",
            "scorer.admin.port",
            "aggregator.admin.port",
            "aggregator.http.port")) {
      usual.put(port, "0");
    }
    usual.put(CommonSettings.INSTANCE_ID, name.instanceId());
    // Others may join, but nobody has to.
    usual.put("scorer.tasks", String.join(",", HeadwaterTopics.TASKS));
    usual.put("aggregator.pending.retention.ms", Long.toString(FOR_EVER.toMillis()));
    // The partitions of a backlog go at their own paces, and may be as far apart as it is long.
    Duration span = Duration.between(plan.getFirstTimestamp(), plan.getLastTimestamp());
    WINDOWS.forEach(
        (size, length) -> {
          Duration grace = live.millis(grace(size)).plus(span);
          Duration least = grace.plus(length);
          Duration retention = live.millis(retention(size));
          usual.put(grace(size), Long.toString(grace.toMillis()));
          usual.put(
              retention(size),
              Long.toString((retention.compareTo(least) < 0 ? least : retention).toMillis()));
        });
    return usual;
  }

  /** What makes the services those of this replay, whatever else is set. */
  static Map<String, String> fixed(ReplayName name, ReplayPlan plan, Settings live) {
    Map<String, String> fixed = new HashMap<>(settled(plan));
    // Its models are settled by its plan: what is assigned to the live river meanwhile is not its.
    fixed.put(CommonSettings.MODELS_FOLLOW, "false");
    fixed.put(CommonSettings.TOPICS_PREFIX, name.prefix());
    fixed.put(CommonSettings.MESSAGES_TOPIC, plan.getTopic());
    fixed.put(CommonSettings.MESSAGES_RANGE, ranges(plan).toString());
    fixed.put(
        CommonSettings.STATE_DIRECTORY,
        name.stateFolder(live.path(CommonSettings.STATE_DIRECTORY)).toString());
    return fixed;
  }

  /** The plan's ranges, as services take them. */
  static OffsetRanges ranges(ReplayPlan plan) {
    Map<Integer, Range> ranges = new TreeMap<>();
    for (ReplayRange range : plan.getRanges()) {
      ranges.put(range.getPartition(), new Range(range.getFromOffset(), range.getToOffset()));
    }
    return new OffsetRanges(ranges);
  }

  private static String grace(String size) {
    return "aggregator.windows.%s.grace.ms".formatted(size);
  }

  private static String retention(String size) {
    return "aggregator.windows.%s.retention.ms".formatted(size);
  }
}

package io.headwater.cli.replay;

import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.headwater.avro.ReplayOutcome;
import io.headwater.avro.ReplayPlan;
import io.headwater.avro.ReplayRange;
import io.headwater.cli.CommandFailure;
import io.headwater.cli.replay.result.RunTally;
import io.headwater.schemas.HeadwaterTopics;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What a finished replay did.
 *
 * @param plan with its outcome
 * @param tally of all its results
 * @param inThisRun messages done since the command was started, the last time
 * @param time that took
 */
record ReplayReport(ReplayPlan plan, RunTally tally, long inThisRun, Duration time) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** All messages of the plan. */
  static long messages(ReplayPlan plan) {
    return plan.getRanges().stream().mapToLong(ReplayRange::getMessages).sum();
  }

  /** The models of a plan by task; only those that it uses. */
  static Map<String, String> models(ReplayPlan plan) {
    Map<String, String> settled = ReplaySettings.settled(plan);
    Map<String, String> models = new TreeMap<>();
    for (String task : HeadwaterTopics.TASKS) {
      String model = settled.getOrDefault(ReplaySettings.modelOf(task), "");
      if (!model.isEmpty()) {
        models.put(task, model);
      }
    }
    return models;
  }

  /** Writes it as one JSON object. */
  void write(Path file) {
    DefaultPrettyPrinter pretty = new DefaultPrettyPrinter();
    pretty.indentArraysWith(DefaultIndenter.SYSTEM_LINEFEED_INSTANCE);
    try {
      Files.writeString(file, JSON.writer(pretty).writeValueAsString(json()) + "\n");
    } catch (IOException e) {
      throw new CommandFailure(
          "the report cannot be written to %s (%s); the replay itself has finished, run it again with"
                  .formatted(file, e.getMessage())
              + " another --report",
          e);
    }
  }

  private ObjectNode json() {
    ReplayOutcome outcome = plan.getOutcome();
    ObjectNode json = JSON.createObjectNode();
    json.put("name", plan.getName());
    json.put("topic", plan.getTopic());
    json.put("from", plan.getFrom());
    json.put("to", plan.getTo());
    json.put("task", plan.getTask());
    json.put("model", ReplayRequest.modelOf(plan).toString());
    put(json.putObject("settings"), plan.getSettings());
    ArrayNode ranges = json.putArray("ranges");
    for (ReplayRange range : plan.getRanges()) {
      ranges
          .addObject()
          .put("partition", range.getPartition())
          .put("fromOffset", range.getFromOffset())
          .put("toOffset", range.getToOffset())
          .put("messages", range.getMessages());
    }
    json.put("firstTimestamp", plan.getFirstTimestamp().toString());
    json.put("lastTimestamp", plan.getLastTimestamp().toString());
    json.put("createdAt", plan.getCreatedAt().toString());
    json.put("finishedAt", outcome.getFinishedAt().toString());
    json.put("messages", messages(plan));
    json.put("insights", tally.insights());
    json.put("deadLetters", tally.deadLetters());
    counts(json.putObject("deadLettersByCause"), tally.deadLettersByCause());
    counts(json.putObject("labels"), tally.labels());
    counts(json.putObject("translations"), tally.translations());
    counts(json.putObject("scoredBy"), tally.provenances());
    json.put("checksum", tally.checksum());
    json.put("contentChecksum", tally.contentChecksum());
    ObjectNode run = json.putObject("lastRun");
    run.put("messages", inThisRun);
    run.put("seconds", time.toMillis() / 1000.0);
    run.put("messagesPerSecond", rate());
    return json;
  }

  private static void put(ObjectNode json, Map<String, String> values) {
    values.entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .forEach(entry -> json.put(entry.getKey(), entry.getValue()));
  }

  private static void counts(ObjectNode json, Map<String, Long> counts) {
    counts.forEach(json::put);
  }

  private double rate() {
    return Math.round(10_000.0 * inThisRun / Math.max(1, time.toMillis())) / 10.0;
  }

  /** Prints it as a short table. */
  void print(PrintWriter out) {
    row(out, "replay", plan.getName());
    row(out, "topic", plan.getTopic());
    row(out, "range", "%s to %s".formatted(plan.getFrom(), plan.getTo()));
    row(out, "model", String.join(", ", models(plan).values()));
    row(out, "messages", "%,d".formatted(messages(plan)));
    row(out, "insights", "%,d%s".formatted(tally.insights(), listed(tally.labels())));
    if (!tally.translations().isEmpty()) {
      row(out, "translations", words(tally.translations()));
    }
    row(
        out,
        "dead letters",
        "%,d%s".formatted(tally.deadLetters(), listed(tally.deadLettersByCause())));
    row(
        out,
        "this run",
        String.format(
            Locale.ROOT,
            "%,d messages in %s, %,.1f/s",
            inThisRun,
            ReplayProgress.words(time),
            rate()));
    row(out, "checksum", tally.checksum());
    row(out, "content", tally.contentChecksum());
    out.flush();
  }

  private static String listed(Map<String, Long> counts) {
    return counts.isEmpty() ? "" : " (%s)".formatted(words(counts));
  }

  private static String words(Map<String, Long> counts) {
    return counts.entrySet().stream()
        .map(entry -> "%s %,d".formatted(entry.getKey(), entry.getValue()))
        .collect(Collectors.joining(", "));
  }

  private static void row(PrintWriter out, String name, String value) {
    out.println("%-13s %s".formatted(name, value));
  }
}

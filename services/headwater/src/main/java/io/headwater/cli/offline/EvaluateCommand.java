package io.headwater.cli.offline;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.headwater.avro.LabelProbability;
import io.headwater.avro.Message;
import io.headwater.avro.SentimentScore;
import io.headwater.cli.CommandFailure;
import io.headwater.cli.ConnectionOptions;
import io.headwater.cli.ExitCodes;
import io.headwater.models.ModelPackage;
import io.headwater.schemas.HeadwaterTopics;
import io.headwater.scorer.task.Scoring;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code headwater evaluate}: how good a model is on labelled texts. */
@Command(
    name = "evaluate",
    mixinStandardHelpOptions = true,
    description = {
      "Measure a model. Sentiment: on a file of `label TAB text` lines.",
      "Where the file lacks some of the model's labels, the most probable of those it has counts: so",
      "a three-label model is measured on two-label data, and the output says so.",
      "Translation: on a file of `source TAB reference` lines, by BLEU and chrF2 as sacreBLEU counts",
      "them, with their signatures, and target tokens a second. Without --from all texts are taken",
      "to be in the language that is detected."
    })
public final class EvaluateCommand implements Callable<Integer> {
  private static final int WINDOW = 1_024;

  @Spec private CommandSpec spec;
  @Mixin private ConnectionOptions connection;
  @Mixin private TranslationOptions translation;
  @Mixin private ModelOption model;

  @Option(
      names = "--task",
      defaultValue = HeadwaterTopics.SENTIMENT,
      description = "The task: sentiment or translation (default ${DEFAULT-VALUE}).")
  private String task;

  @Option(
      names = "--data",
      required = true,
      paramLabel = "FILE",
      description = "The texts with what they should give.")
  private Path data;

  @Option(
      names = "--language",
      description =
          "Sentiment: BCP 47 language of the texts (default: the first that the model reads).")
  private Optional<String> language = Optional.empty();

  @Option(
      names = "--limit",
      paramLabel = "N",
      description = "Translation: use the first N good lines only.")
  private Optional<Long> limit = Optional.empty();

  @Option(names = "--json", description = "Print one JSON object.")
  private boolean json;

  @Override
  public Integer call() throws IOException {
    return switch (task) {
      case HeadwaterTopics.SENTIMENT -> sentiment();
      case HeadwaterTopics.TRANSLATION -> translation();
      default ->
          throw new ParameterException(
              spec.commandLine(),
              "there is no task %s; there are %s".formatted(task, HeadwaterTopics.TASKS));
    };
  }

  private int translation() throws IOException {
    if (language.isPresent() || limit.filter(most -> most < 1).isPresent()) {
      throw new ParameterException(
          spec.commandLine(),
          language.isPresent()
              ? "--language is for --task sentiment; use --from"
              : "--limit is at least 1");
    }
    TranslationEvaluation evaluation = new TranslationEvaluation();
    try (OfflineTranslator translator = translation.open(connection, model, evaluation)) {
      SentencePairs pairs = SentencePairs.read(data, limit.orElse(Long.MAX_VALUE));
      requireUsable(pairs.faults(), pairs.sources().size());
      TranslationEvaluation.Quality quality = evaluation.measure(translator, pairs);
      PrintWriter out = spec.commandLine().getOut();
      if (json) {
        out.println(new ObjectMapper().writeValueAsString(quality.json()));
      } else {
        quality.lines().forEach(out::println);
      }
      out.flush();
      return pairs.faults().isEmpty() ? ExitCodes.OK : ExitCodes.SOME_FAILED;
    }
  }

  private void requireUsable(List<String> faults, int usable) {
    faults.forEach(fault -> spec.commandLine().getErr().println(data + ": " + fault));
    if (usable == 0) {
      throw new CommandFailure("%s has no line that can be used".formatted(data));
    }
  }

  private int sentiment() throws IOException {
    translation.requireUnused();
    if (limit.isPresent()) {
      throw new ParameterException(spec.commandLine(), "--limit is for --task translation");
    }
    try (OfflineScorer scorer = OfflineScorer.open(connection, model, true)) {
      ModelPackage measured = scorer.model();
      LabelledLines lines = LabelledLines.read(data, measured.labels());
      requireUsable(lines.faults(), lines.examples().size());
      LabelTable table = measure(scorer, lines.examples());
      print(measured, table);
      return lines.faults().isEmpty() ? ExitCodes.OK : ExitCodes.SOME_FAILED;
    }
  }

  private LabelTable measure(OfflineScorer scorer, List<LabelledLines.Example> examples) {
    List<String> labels =
        scorer.model().labels().stream()
            .filter(label -> examples.stream().anyMatch(e -> e.label().equals(label)))
            .toList();
    String spoken =
        language.orElseGet(
            () -> scorer.model().languages().stream().sorted().findFirst().orElse("en"));
    LabelTable table = new LabelTable(labels);
    for (int from = 0; from < examples.size(); from += WINDOW) {
      var window = examples.subList(from, Math.min(examples.size(), from + WINDOW));
      List<Message> messages = new ArrayList<>();
      window.forEach(example -> messages.add(message(example.text(), spoken)));
      List<Scoring<SentimentScore>> scorings = scorer.score(messages);
      for (int i = 0; i < window.size(); i++) {
        table.add(window.get(i).label(), best(scorings.get(i), labels));
      }
    }
    return table;
  }

  private static String best(Scoring<SentimentScore> scoring, List<String> labels) {
    if (scoring instanceof Scoring.Failed<SentimentScore> failed) {
      throw new CommandFailure("a text cannot be scored: " + failed.detail());
    }
    return ((Scoring.Scored<SentimentScore>) scoring)
        .result().getProbabilities().stream()
            .filter(p -> labels.contains(p.getLabel()))
            .max(Comparator.comparingDouble(LabelProbability::getProbability))
            .orElseThrow()
            .getLabel();
  }

  private static Message message(String text, String language) {
    Message message = new Message();
    message.setId("");
    message.setText(text);
    message.setLanguage(language);
    message.setSource("evaluate");
    message.setAttributes(Map.of());
    return message;
  }

  private void print(ModelPackage model, LabelTable table) throws JsonProcessingException {
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(new ObjectMapper().writeValueAsString(described(model, table)));
    } else {
      out.printf(Locale.ROOT, "model         %s%n", model.id());
      out.printf(Locale.ROOT, "texts         %d%n", table.total());
      if (table.labels().size() < model.labels().size()) {
        out.printf(
            Locale.ROOT,
            "labels        %s (of the model's %s: the most probable of these counts)%n",
            table.labels(),
            model.labels());
      }
      out.printf(Locale.ROOT, "accuracy      %.4f%n", table.accuracy());
      out.printf(Locale.ROOT, "macro-F1      %.4f%n", table.macroF1());
      out.printf(Locale.ROOT, "macro-recall  %.4f%n%n", table.macroRecall());
      out.printf(
          Locale.ROOT, "%-12s %9s %9s %9s %9s%n", "label", "precision", "recall", "F1", "texts");
      for (int i = 0; i < table.labels().size(); i++) {
        out.printf(
            Locale.ROOT,
            "%-12s %9.4f %9.4f %9.4f %9d%n",
            table.labels().get(i),
            table.precision(i),
            table.recall(i),
            table.f1(i),
            table.support(i));
      }
    }
    out.flush();
  }

  private static ObjectNode described(ModelPackage model, LabelTable table) {
    ObjectNode json = new ObjectMapper().createObjectNode();
    json.put("model", model.id().toString());
    json.put("texts", table.total());
    json.put("accuracy", table.accuracy());
    json.put("macroF1", table.macroF1());
    json.put("macroRecall", table.macroRecall());
    ObjectNode labels = json.putObject("labels");
    for (int i = 0; i < table.labels().size(); i++) {
      labels
          .putObject(table.labels().get(i))
          .put("precision", table.precision(i))
          .put("recall", table.recall(i))
          .put("f1", table.f1(i))
          .put("texts", table.support(i));
    }
    return json;
  }
}

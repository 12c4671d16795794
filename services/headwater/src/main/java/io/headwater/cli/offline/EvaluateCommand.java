package io.headwater.cli.offline;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.headwater.avro.LabelProbability;
import io.headwater.avro.Message;
import io.headwater.cli.CommandFailure;
import io.headwater.cli.ConnectionOptions;
import io.headwater.cli.ExitCodes;
import io.headwater.models.ModelPackage;
import io.headwater.scorer.sentiment.Scoring;
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
import picocli.CommandLine.Spec;

/** {@code headwater evaluate}: how good a model is on labelled texts. */
@Command(
    name = "evaluate",
    mixinStandardHelpOptions = true,
    description = {
      "Measure a model on labelled texts: a file of `label TAB text` lines.",
      "Where the file lacks some of the model's labels, the most probable of those it has counts: so",
      "a three-label model is measured on two-label data, and the output says so."
    })
public final class EvaluateCommand implements Callable<Integer> {
  private static final int WINDOW = 1_024;

  @Spec private CommandSpec spec;
  @Mixin private ConnectionOptions connection;

  @Option(
      names = "--task",
      defaultValue = "sentiment",
      description = "The task (default ${DEFAULT-VALUE}).")
  private String task;

  @Option(
      names = "--data",
      required = true,
      paramLabel = "FILE",
      description = "The labelled texts.")
  private Path data;

  @Option(
      names = "--language",
      description = "BCP 47 language of the texts (default: the first that the model reads).")
  private Optional<String> language = Optional.empty();

  @Option(names = "--json", description = "Print one JSON object.")
  private boolean json;

  @Override
  public Integer call() throws IOException {
    if (!task.equals("sentiment")) {
      throw new CommandFailure("there is no model for task %s; there is sentiment".formatted(task));
    }
    try (OfflineScorer scorer = OfflineScorer.open(connection.settings(), true)) {
      ModelPackage model = scorer.model();
      LabelledLines lines = LabelledLines.read(data, model.labels());
      lines.faults().forEach(fault -> spec.commandLine().getErr().println(data + ": " + fault));
      if (lines.examples().isEmpty()) {
        throw new CommandFailure("%s has no line that can be used".formatted(data));
      }
      LabelTable table = measure(scorer, lines.examples());
      print(model, table);
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
      List<Scoring> scorings = scorer.score(messages);
      for (int i = 0; i < window.size(); i++) {
        table.add(window.get(i).label(), best(scorings.get(i), labels));
      }
    }
    return table;
  }

  private static String best(Scoring scoring, List<String> labels) {
    if (scoring instanceof Scoring.Failed failed) {
      throw new CommandFailure("a text cannot be scored: " + failed.detail());
    }
    return ((Scoring.Scored) scoring)
        .score().getProbabilities().stream()
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

package io.headwater.cli.offline;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.headwater.cli.ConnectionOptions;
import io.headwater.cli.ExitCodes;
import io.headwater.schemas.HeadwaterTopics;
import io.headwater.scorer.ScorerConfig;
import io.headwater.scorer.translation.TranslationObserver;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code headwater score}: texts in, one JSON object a line out. */
@Command(
    name = "score",
    mixinStandardHelpOptions = true,
    description = {
      "Score texts without Kafka, with the services' own code: one text a line in, one JSON object a",
      "line out, in the order of the input. Nothing else is printed on standard output.",
      "",
      "A text in a language that the model does not read is scored all the same, and its line has a",
      "`warning`; --skip-other-languages leaves it unscored, as the river does by default.",
      "With --task translation each line is translated: long texts sentence by sentence, as in the",
      "river. A text that the model does not read has a null `translation`, and `skipped` says why.",
      "",
      "A line that cannot be scored gives an object with `error`, and the exit code is 1."
    })
public final class ScoreCommand implements Callable<Integer> {
  /** Lines scored together: enough to sort by length, few enough to answer soon. */
  private static final int WINDOW = 512;

  private static final ObjectMapper JSON = new ObjectMapper();

  @Spec private CommandSpec spec;
  @Mixin private ConnectionOptions connection;
  @Mixin private TranslationOptions translation;
  @Mixin private ModelOption model;

  @Parameters(
      paramLabel = "FILE",
      arity = "0..1",
      defaultValue = "-",
      description = "A file in UTF-8, or - for standard input, which is the default.")
  private String file;

  @Option(
      names = "--task",
      defaultValue = HeadwaterTopics.SENTIMENT,
      description = "What to do: sentiment or translation (default ${DEFAULT-VALUE}).")
  private String task;

  @Option(
      names = "--language",
      description = "Sentiment: BCP 47 language of all texts; else it is detected.")
  private Optional<String> language = Optional.empty();

  @Option(
      names = "--skip-other-languages",
      description = "Sentiment: do not score texts in languages that the model does not read.")
  private boolean skipOthers;

  @Option(
      names = "--explain",
      description =
          "Say why. Sentiment: what each token did for the label, as `explanation`: by attention"
              + " (rollout, last layer) and, as a check, by masking it (occlusion)."
              + " Translation: which words each word was made from, as `alignments`.")
  private boolean explain;

  private boolean allScored = true;

  @Override
  public Integer call() throws IOException {
    try (InputStream input = file.equals("-") ? System.in : Files.newInputStream(Path.of(file));
        OfflineTask work = open()) {
      TextLines lines = new TextLines(input);
      List<TextLines.Line> window = new ArrayList<>(WINDOW);
      Optional<TextLines.Line> line = lines.next();
      while (line.isPresent()) {
        window.add(line.get());
        // Standard input may be a person at a terminal: answer when no more waits.
        if (window.size() == WINDOW || !lines.isMoreWaiting()) {
          print(window, work);
          window.clear();
        }
        line = lines.next();
      }
      print(window, work);
    }
    return allScored ? ExitCodes.OK : ExitCodes.SOME_FAILED;
  }

  private OfflineTask open() {
    switch (task) {
      case HeadwaterTopics.SENTIMENT -> {
        translation.requireUnused();
        return sentiment();
      }
      case HeadwaterTopics.TRANSLATION -> {
        if (language.isPresent() || skipOthers) {
          throw new ParameterException(
              spec.commandLine(),
              "--language and --skip-other-languages are for --task sentiment; use --from");
        }
        return new TranslationTask(
            translation.open(connection, model, TranslationObserver.NONE), explain);
      }
      default ->
          throw new ParameterException(
              spec.commandLine(),
              "there is no task %s; there are %s".formatted(task, HeadwaterTopics.TASKS));
    }
  }

  private OfflineTask sentiment() {
    OfflineScorer scorer = OfflineScorer.open(connection, model, !skipOthers);
    try {
      Optional<OfflineExplainer> explainer =
          explain
              ? Optional.of(
                  new OfflineExplainer(
                      scorer.model(), ScorerConfig.from(connection.settings()).engine()))
              : Optional.empty();
      return new SentimentTask(scorer, language, explainer);
    } catch (RuntimeException e) {
      scorer.close();
      throw e;
    }
  }

  private void print(List<TextLines.Line> window, OfflineTask work) throws JsonProcessingException {
    List<String> texts = new ArrayList<>();
    for (TextLines.Line line : window) {
      line.text().ifPresent(texts::add);
    }
    List<ObjectNode> answers = work.answer(texts);
    PrintWriter out = spec.commandLine().getOut();
    int next = 0;
    for (TextLines.Line line : window) {
      ObjectNode json =
          line.text().isPresent()
              ? answers.get(next++)
              : JSON.createObjectNode()
                  .put(OfflineTask.ERROR, "line %d is not valid UTF-8".formatted(line.number()));
      allScored &= !json.has(OfflineTask.ERROR);
      out.println(JSON.writeValueAsString(json));
    }
    out.flush();
  }
}

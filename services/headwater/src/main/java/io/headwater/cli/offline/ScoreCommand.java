package io.headwater.cli.offline;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.headwater.avro.Message;
import io.headwater.avro.SentimentScore;
import io.headwater.cli.ConnectionOptions;
import io.headwater.cli.ExitCodes;
import io.headwater.models.ModelPackage;
import io.headwater.scorer.sentiment.Scoring;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
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
      "A line that cannot be scored gives an object with `error`, and the exit code is 1."
    })
public final class ScoreCommand implements Callable<Integer> {
  /** Lines scored together: enough to sort by length, few enough to answer soon. */
  private static final int WINDOW = 512;

  private static final ObjectMapper JSON = new ObjectMapper();

  @Spec private CommandSpec spec;
  @Mixin private ConnectionOptions connection;

  @Parameters(paramLabel = "FILE", description = "A file in UTF-8, or - for standard input.")
  private String file;

  @Option(names = "--language", description = "BCP 47 language of all texts; else it is detected.")
  private Optional<String> language = Optional.empty();

  @Option(
      names = "--skip-other-languages",
      description = "Do not score texts in languages that the model does not read.")
  private boolean skipOthers;

  private boolean allScored = true;

  @Override
  public Integer call() throws IOException {
    try (InputStream input = file.equals("-") ? System.in : Files.newInputStream(Path.of(file));
        OfflineScorer scorer = OfflineScorer.open(connection.settings(), !skipOthers)) {
      TextLines lines = new TextLines(input);
      List<TextLines.Line> window = new ArrayList<>(WINDOW);
      Optional<TextLines.Line> line = lines.next();
      while (line.isPresent()) {
        window.add(line.get());
        // Standard input may be a person at a terminal: answer when no more waits.
        if (window.size() == WINDOW || !lines.isMoreWaiting()) {
          print(window, scorer);
          window.clear();
        }
        line = lines.next();
      }
      print(window, scorer);
    }
    return allScored ? ExitCodes.OK : ExitCodes.SOME_FAILED;
  }

  private void print(List<TextLines.Line> window, OfflineScorer scorer)
      throws JsonProcessingException {
    List<Message> messages = new ArrayList<>();
    for (TextLines.Line line : window) {
      line.text().ifPresent(text -> messages.add(message(text)));
    }
    List<Scoring> scorings = scorer.score(messages);
    PrintWriter out = spec.commandLine().getOut();
    int next = 0;
    for (TextLines.Line line : window) {
      ObjectNode json =
          line.text().isPresent()
              ? described(scorings.get(next++), scorer.model())
              : error("line %d is not valid UTF-8".formatted(line.number()));
      out.println(JSON.writeValueAsString(json));
    }
    out.flush();
  }

  private Message message(String text) {
    Message message = new Message();
    message.setId("");
    message.setText(text);
    message.setSource("score");
    message.setAttributes(Map.of());
    language.ifPresent(message::setLanguage);
    return message;
  }

  private ObjectNode described(Scoring scoring, ModelPackage model) {
    if (scoring instanceof Scoring.Failed failed) {
      return error(failed.detail());
    }
    SentimentScore score = ((Scoring.Scored) scoring).score();
    ObjectNode json = JSON.createObjectNode();
    String skipReason = score.getSkipReason();
    if (skipReason == null) {
      json.put("label", score.getLabel());
    } else {
      json.putNull("label");
    }
    ObjectNode probabilities = json.putObject("probabilities");
    score.getProbabilities().forEach(p -> probabilities.put(p.getLabel(), p.getProbability()));
    json.put("language", score.getLanguage());
    json.put("model", model.id().toString());
    if (skipReason != null) {
      json.put("skipped", skipReason);
    } else if (!score.getLanguage().equals("und")
        && !model.languages().contains(score.getLanguage())) {
      json.put("warning", "the model does not read language " + score.getLanguage());
    }
    return json;
  }

  private ObjectNode error(String reason) {
    allScored = false;
    return JSON.createObjectNode().put("error", reason);
  }
}

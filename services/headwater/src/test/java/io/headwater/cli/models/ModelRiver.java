package io.headwater.cli.models;

import static org.awaitility.Awaitility.await;

import io.headwater.avro.Insight;
import io.headwater.avro.LabelProbability;
import io.headwater.avro.ModelRef;
import io.headwater.avro.SentimentScore;
import io.headwater.cli.Main;
import io.headwater.cli.river.TestRiver;
import io.headwater.cli.river.TestRiver.Read;
import io.headwater.models.ModelPackage;
import io.headwater.models.PackageFolder;
import io.headwater.models.engine.EngineOptions;
import io.headwater.models.engine.ExecutionProvider;
import io.headwater.models.engine.SentimentEngine;
import io.headwater.models.engine.TinyGraph;
import io.headwater.models.text.PackageTokenizer;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import picocli.CommandLine;

/**
 * A whole river with tiny models: {@code tiny@1.0.0}, which serves at the start, {@code
 * tiny@2.0.0}, which calls good what the first calls bad, and {@code tiny@3.0.0}, which fails on
 * the word "un". Sends messages from a thread of its own, and knows what each model must say of
 * them.
 */
final class ModelRiver implements AutoCloseable {
  static final String FIRST = "tiny@1.0.0";
  static final String SECOND = "tiny@2.0.0";
  static final String FAILING = "tiny@3.0.0";
  private static final String[] WORDS = {"good", "bad", "not", "the", "film", "is", "a"};
  private static final int FAILING_WORD = 15;

  final TestRiver river;
  final Path models;
  private final Map<String, Map<String, List<Float>>> expected = new HashMap<>();
  private final AtomicInteger sent = new AtomicInteger();

  /** What a command gave. */
  record Answer(int code, String out, String err) {}

  private ModelRiver(TestRiver river, Path models) {
    this.river = river;
    this.models = models;
  }

  static ModelRiver start(Path folder) {
    Path models = folder.resolve("models");
    version(models, "1.0.0");
    version(models, "2.0.0")
        .edit(
            "[\"negative\", \"neutral\", \"positive\"]",
            "[\"positive\", \"neutral\", \"negative\"]");
    PackageFolder failing = version(models, "3.0.0");
    failing
        .graph(TinyGraph.poisoned(PackageFolder.VOCABULARY, 3, 19, FAILING_WORD))
        .describe()
        .edit("\"version\": \"1.0.0\"", "\"version\": \"3.0.0\"");
    TestRiver river =
        TestRiver.start(
            folder.resolve("river"),
            Map.of(
                "models.directory", models.toString(),
                "sentiment.model", FIRST,
                "translation.model", "",
                "tokenizer.segment.overlap", "4",
                "execution.provider", "cpu",
                "scorer.engine.threads", "1",
                "breaker.window", "0"));
    return new ModelRiver(river, models);
  }

  static PackageFolder version(Path models, String version) {
    return PackageFolder.good(models.resolve("tiny").resolve(version))
        .edit("\"version\": \"1.0.0\"", "\"version\": \"%s\"".formatted(version));
  }

  /** Sends messages, about so many a second, until it is told to stop. */
  Sending send(int perSecond) {
    return new Sending(perSecond);
  }

  /** Messages on their way into the river, from a thread of their own. */
  final class Sending implements AutoCloseable {
    private final AtomicBoolean stopped = new AtomicBoolean();
    private final Thread thread;

    private Sending(int perSecond) {
      thread =
          new Thread(
              () -> {
                while (!stopped.get()) {
                  sendOne();
                  LockSupport.parkNanos(1_000_000_000L / perSecond);
                }
              });
      thread.start();
    }

    @Override
    public void close() throws InterruptedException {
      stopped.set(true);
      thread.join();
      river.flush();
    }
  }

  private void sendOne() {
    int number = sent.getAndIncrement();
    var message = TestRiver.message("m-" + number, text(number));
    message.setLanguage("en");
    river.send("k-" + number % 97, message);
  }

  static String text(int number) {
    return "%s film %s %s %s ."
        .formatted(
            WORDS[number % 7],
            WORDS[number / 7 % 7],
            WORDS[number / 49 % 7],
            number % 11 == 0 ? "un" : "the");
  }

  int sent() {
    return sent.get();
  }

  /** Waits until as many messages are answered, by an insight or a dead letter; the insights. */
  List<Read<Insight>> insights(int count) {
    await()
        .atMost(Duration.ofMinutes(2))
        .pollInterval(Duration.ofMillis(500))
        .until(() -> river.all(river.topics.insights()).size() + lost() >= count);
    return river.all(river.topics.insights());
  }

  /** How many messages became dead letters instead of insights. */
  long lost() {
    return river.all(river.topics.deadLetters()).stream()
        .filter(letter -> letter.value().getStage().equals("scorer"))
        .count();
  }

  /** What the model of that name says of a text, to the bit. */
  List<Float> expected(ModelRef model, String text) {
    return expected
        .computeIfAbsent(model.getVersion(), unused -> new HashMap<>())
        .computeIfAbsent(text, unused -> scored(model.getVersion(), text));
  }

  private List<Float> scored(String version, String text) {
    ModelPackage files = ModelPackage.open(models.resolve("tiny").resolve(version));
    try (PackageTokenizer tokenizer = PackageTokenizer.open(files);
        SentimentEngine engine =
            SentimentEngine.open(files, new EngineOptions(ExecutionProvider.CPU, 1))) {
      float[] row =
          engine
              .probabilities(
                  List.of(tokenizer.segmentCutter(0).cut(tokenizer.encode(text)).get(0).ids()))[0];
      List<Float> probabilities = new ArrayList<>();
      for (float each : row) {
        probabilities.add(each);
      }
      return probabilities;
    }
  }

  static List<Float> probabilities(SentimentScore score) {
    return score.getProbabilities().stream().map(LabelProbability::getProbability).toList();
  }

  /** Runs a command as in a terminal. */
  Answer run(String... words) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    CommandLine commands = Main.commandLine();
    commands.setOut(new PrintWriter(out));
    commands.setErr(new PrintWriter(err));
    List<String> all = new ArrayList<>(List.of(words));
    all.addAll(
        List.of(
            "--bootstrap-servers",
            river.kafka().bootstrapServers(),
            "--schema-registry-url",
            river.kafka().registryUrl(),
            "--set",
            "sentiment.model=" + FIRST,
            "--set",
            "tokenizer.segment.overlap=4"));
    if (!String.join(" ", words).contains("models.directory=")) {
      all.addAll(List.of("--set", "models.directory=" + models));
    }
    int code = commands.execute(all.toArray(String[]::new));
    return new Answer(code, out.toString(), err.toString());
  }

  @Override
  public void close() {
    river.close();
  }
}

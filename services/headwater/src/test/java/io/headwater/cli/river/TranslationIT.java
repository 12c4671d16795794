package io.headwater.cli.river;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.headwater.avro.Insight;
import io.headwater.avro.Message;
import io.headwater.avro.TextSource;
import io.headwater.avro.Translation;
import io.headwater.cli.Main;
import io.headwater.cli.offline.OfflineScores;
import io.headwater.cli.replay.result.InsightDigests;
import io.headwater.cli.river.TestRiver.Read;
import io.headwater.schemas.HeadwaterTopics;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A river that translates, on real parts. */
class TranslationIT {
  private static final String COMPLAINT = "Das Essen war kalt und der Kellner unfreundlich.";

  private static final String PARAGRAPHS =
      "Tom ist nicht hier.\n\nWo ist er? Ich habe ihn gestern gesehen.";

  private static final String LONG = "Ich liebe diese Stadt. ".repeat(20);

  private static final List<String> MIXED =
      List.of(
          COMPLAINT,
          "I love this place, the food is wonderful.",
          "Une expérience magnifique, merci beaucoup.",
          PARAGRAPHS,
          "It opens at nine.",
          LONG,
          "🎉🎉🎉");

  @TempDir private static Path folder;
  private static TestRiver river;
  private static Path models;

  @BeforeAll
  static void startTheRiver() throws IOException {
    models = TranslatingModels.in(folder.resolve("models"));
    river =
        TestRiver.start(
            folder.resolve("river"),
            Map.of(
                "models.directory", models.toString(),
                "translation.model", TranslatingModels.SHIPPED.toString()));
  }

  @AfterAll
  static void stopTheRiver() {
    if (river != null) {
      river.close();
    }
  }

  @Test
  void aGermanMessageIsTranslatedAndItsSentimentIsThatOfTheTranslation() {
    Insight insight = sent("german", List.of(message("german", COMPLAINT))).get(0);

    Translation translation = insight.getTranslation();
    assertThat(insight.getLanguage()).isEqualTo("de");
    assertThat(translation.getText()).containsIgnoringCase("food").containsIgnoringCase("cold");
    assertThat(translation.getPassedThrough()).isFalse();
    assertThat(translation.getSourceText()).isNull();
    assertThat(insight.getSentiment().getLabel()).isEqualTo("negative");
    assertThat(insight.getSentiment().getTextSource()).isEqualTo(TextSource.TRANSLATION);
    assertThat(insight.getSkipped()).isEmpty();
  }

  @Test
  void anInsightTellsTheWayOfItsMessageThroughAllStages() throws Exception {
    Message message = message("way", COMPLAINT);
    message.setExplain(true);
    sent("way", List.of(message));

    JsonNode insight = await().until(() -> get("/api/insights/way"), node -> node.has("path"));

    JsonNode path = insight.get("path");
    assertThat(path.findValuesAsText("stage"))
        .containsExactly("messages", "tokenizer", "scorer", "tokenizer", "scorer", "aggregator");
    assertThat(path.findValuesAsText("topic"))
        .containsExactly(
            "messages",
            "tokens.translation",
            "scores.translation",
            "tokens.sentiment",
            "scores.sentiment",
            "insights");
    assertThat(path.findValues("offset")).hasSize(6).allMatch(JsonNode::isIntegralNumber);
    assertThat(path.findValues("at").stream().map(at -> Instant.parse(at.asText())))
        .hasSize(6)
        .isSorted();
    assertThat(path.get(2).get("model").asText()).isEqualTo(TranslatingModels.SHIPPED.toString());
    assertThat(insight.at("/translation/alignments/0/weights/0").isArray()).isTrue();
  }

  @Test
  void thePipelineTellsLatencyAndLagOfEveryStage() throws Exception {
    sent("pipeline", List.of(message("pipeline", COMPLAINT)));

    JsonNode view =
        await()
            .atMost(Duration.ofSeconds(30))
            .until(
                () -> get("/api/pipeline"),
                node ->
                    node.path("latency").size() == 6
                        && node.path("lagComplete").asBoolean()
                        && node.path("lag").size() == 7
                        && node.path("lag").findValues("records").stream()
                            .allMatch(records -> records.asLong() == 0));

    assertThat(view.get("latency").findValuesAsText("stage"))
        .containsExactly("tokenizer", "scorer", "tokenizer", "scorer", "aggregator", "end-to-end");
    assertThat(view.get("lag").findValuesAsText("topic"))
        .containsExactly(
            "messages",
            "scores.translation",
            "tokens.translation",
            "tokens.sentiment",
            "messages",
            "scores.translation",
            "scores.sentiment");
    assertThat(view.at("/deadLetters/byCause").isArray()).isTrue();
  }

  private static JsonNode get(String path) throws Exception {
    URI uri = URI.create(Addresses.dashboard(river.settings) + path);
    return new ObjectMapper()
        .readTree(
            HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString())
                .body());
  }

  @Test
  void anEnglishMessagePassesThroughAndIsScoredAsItIs() {
    String text = "I love this place, the food is wonderful.";

    Insight insight = sent("english", List.of(message("english", text))).get(0);

    assertThat(insight.getTranslation().getPassedThrough()).isTrue();
    assertThat(insight.getTranslation().getText()).isEqualTo(text);
    assertThat(insight.getSentiment().getTextSource()).isEqualTo(TextSource.ORIGINAL);
    assertThat(insight.getSentiment().getLabel()).isEqualTo("positive");
  }

  @Test
  void aLanguageThatNoModelReadsIsSkippedByBothTasksWithTheirReasons() {
    Insight insight =
        sent("french", List.of(message("french", "Une expérience magnifique, merci beaucoup.")))
            .get(0);

    assertThat(insight.getTranslation()).isNull();
    assertThat(insight.getSentiment()).isNull();
    assertThat(insight.getSkipped())
        .extracting(skipped -> skipped.getTask() + ": " + skipped.getReason())
        .containsExactlyInAnyOrder(
            "translation: no translation model reads language fr",
            "sentiment: no sentiment model reads language fr");
  }

  @Test
  void aMessageGetsTheTasksThatItAsksFor() {
    Message translated = message("translated-only", COMPLAINT);
    translated.setTasks(List.of(HeadwaterTopics.TRANSLATION));
    Message scored = message("scored-only", COMPLAINT);
    scored.setTasks(List.of(HeadwaterTopics.SENTIMENT));

    List<Insight> insights = sent("asked", List.of(translated, scored));

    assertThat(insights.get(0).getTranslation()).isNotNull();
    assertThat(insights.get(0).getSentiment()).isNull();
    assertThat(insights.get(1).getSentiment().getTextSource()).isEqualTo(TextSource.TRANSLATION);
  }

  @Test
  void mixedLanguagesOfAKeyComeOutInTheirOrder() {
    List<Message> messages = new ArrayList<>();
    for (int i = 0; i < 70; i++) {
      messages.add(message("mixed-" + i, i + ". " + MIXED.get(i % MIXED.size())));
    }

    assertThat(sent("mixed", messages))
        .extracting(Insight::getMessageId)
        .containsExactlyElementsOf(messages.stream().map(Message::getId).toList());
  }

  @Test
  void aTextIsTranslatedOfflineAsInTheRiver() {
    List<String> german = List.of(COMPLAINT, PARAGRAPHS, LONG);
    List<Message> messages = new ArrayList<>();
    for (int i = 0; i < german.size(); i++) {
      messages.add(message("same-" + i, german.get(i)));
    }

    List<Translation> offline = OfflineScores.translations(river.settings, german);

    List<Translation> inTheRiver =
        sent("same", messages).stream().map(Insight::getTranslation).toList();
    assertThat(inTheRiver)
        .extracting(Translation::getText)
        .isEqualTo(offline.stream().map(Translation::getText).toList());
    assertThat(inTheRiver)
        .extracting(Translation::getLogProbability)
        .isEqualTo(offline.stream().map(Translation::getLogProbability).toList());
    assertThat(inTheRiver.get(1).getText()).contains("\n\n");
  }

  @Test
  void aReplayGivesTheSameBytesAndAnotherModelAnotherTranslation() throws IOException {
    List<Message> messages = new ArrayList<>();
    for (int i = 0; i < MIXED.size(); i++) {
      messages.add(message("again-" + i, MIXED.get(i)));
    }
    sent("again", messages);

    // when all is run once more, with the same models and with a model of the other layout
    assertThat(replay("same")).isZero();
    assertThat(
            replay("other", "--task", "translation", "--model", TranslatingModels.OTHER.toString()))
        .isZero();

    // then the same models give the same bytes, and the other one translated too
    JsonNode same = report("same");
    JsonNode other = report("other");
    assertThat(bytesOf("replay.same.", "again")).isEqualTo(bytesOf("", "again"));
    assertThat(other.path("translations").path("translated").asInt())
        .isEqualTo(same.path("translations").path("translated").asInt())
        .isPositive();
    assertThat(other.path("scoredBy").toString()).contains(TranslatingModels.OTHER.toString());
    assertThat(bytesOf("replay.other.", "again")).isNotEqualTo(bytesOf("", "again"));
  }

  private static Message message(String id, String text) {
    return TestRiver.message(id, text);
  }

  /** Sends messages under a key, and waits for as many insights. */
  private static List<Insight> sent(String key, List<Message> messages) {
    messages.forEach(message -> river.send(key, message));
    river.flush();
    await()
        .atMost(Duration.ofMinutes(3))
        .pollInterval(Duration.ofMillis(500))
        .until(() -> insights("", key).size() >= messages.size());
    List<Insight> insights = insights("", key).stream().map(Read::value).toList();
    assertThat(insights).hasSameSizeAs(messages);
    return insights;
  }

  private static List<Read<Insight>> insights(String prefix, String key) {
    return river.all(HeadwaterTopics.of(prefix, "messages").insights()).stream()
        .filter(read -> new String(read.record().key(), StandardCharsets.UTF_8).equals(key))
        .toList();
  }

  /** The records' digests: without their schema's id, which subjects do not share. */
  private static List<String> bytesOf(String prefix, String key) {
    return insights(prefix, key).stream()
        .map(read -> InsightDigests.ofBytes(read.record().key(), read.record().value()))
        .map(HexFormat.of()::formatHex)
        .toList();
  }

  private static int replay(String name, String... options) {
    Stream<String> common =
        Stream.of(
            "replay",
            "--into",
            name,
            "--report",
            folder.resolve(name + ".json").toString(),
            "--bootstrap-servers",
            river.kafka().bootstrapServers(),
            "--schema-registry-url",
            river.kafka().registryUrl(),
            "--set",
            "models.directory=" + models,
            "--set",
            "translation.model=" + TranslatingModels.SHIPPED,
            "--set",
            "state.directory=" + folder.resolve("state"));
    return Main.commandLine()
        .execute(Stream.concat(common, Stream.of(options)).toArray(String[]::new));
  }

  private static JsonNode report(String name) throws IOException {
    return new ObjectMapper().readTree(folder.resolve(name + ".json").toFile());
  }
}

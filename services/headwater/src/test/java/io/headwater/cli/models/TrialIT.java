package io.headwater.cli.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.headwater.avro.Insight;
import io.headwater.avro.Origin;
import io.headwater.avro.SentimentScore;
import io.headwater.cli.models.ModelRiver.Answer;
import io.headwater.cli.models.ModelRiver.Sending;
import io.headwater.cli.river.TestRiver.Read;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Candidates are tried in a river that runs. */
@Tag("long")
class TrialIT {
  @TempDir private static Path folder;
  private static ModelRiver river;

  @BeforeAll
  static void startTheRiver() {
    river = ModelRiver.start(folder);
  }

  @AfterAll
  static void stopTheRiver() {
    if (river != null) {
      river.close();
    }
  }

  @BeforeEach
  void letTheFirstServeAlone() {
    river.run("models", "shadow", "--stop");
    river.run("models", "canary", "--stop");
    assertThat(river.run("models", "assign", ModelRiver.FIRST).code()).isZero();
  }

  @Test
  void aShadowScoresItsShareOfTheKeysAndNoInsightShowsIt() throws Exception {
    int before = river.sent();
    Answer begun = river.run("models", "shadow", ModelRiver.SECOND, "--share", "0.5");
    try (Sending sending = river.send(100)) {
      river.insights(before + 400);
    }
    List<Read<Insight>> insights = river.insights(river.sent());
    Map<Origin, Insight> byOrigin = new HashMap<>();
    insights.forEach(read -> byOrigin.put(read.value().getOrigin(), read.value()));
    await()
        .atMost(Duration.ofMinutes(1))
        .until(() -> river.river.all(river.river.topics.shadowScores()).size() > 100);

    assertThat(begun.code()).isZero();
    assertThat(begun.out()).contains("tiny@2.0.0 scores 50.0 % of the keys beside it");
    Set<String> keys = new HashSet<>();
    for (Read<SentimentScore> beside : river.river.all(river.river.topics.shadowScores())) {
      SentimentScore score = beside.value();
      if (Integer.parseInt(score.getMessageId().substring(2)) < before) {
        continue;
      }
      Insight insight = Objects.requireNonNull(byOrigin.get(score.getOrigin()));
      assertThat(score.getModel().getVersion()).isEqualTo("2.0.0");
      assertThat(ModelRiver.probabilities(score))
          .isEqualTo(river.expected(score.getModel(), insight.getMessage().getText()));
      keys.add(new String(beside.record().key(), java.nio.charset.StandardCharsets.UTF_8));
    }
    assertThat(keys).hasSizeBetween(20, 77);
    assertThat(insights.subList(0, insights.size()))
        .filteredOn(read -> number(read) >= before)
        .allMatch(
            read ->
                Objects.requireNonNull(read.value().getSentiment())
                    .getModel()
                    .getVersion()
                    .equals("1.0.0"));
    assertThat(river.run("models", "status").out()).contains("shadow       tiny@2.0.0");
    await()
        .atMost(Duration.ofMinutes(1))
        .untilAsserted(
            () -> {
              JsonNode shown = models().path(0);
              assertThat(shown.path("active").asText()).isEqualTo("tiny@1.0.0");
              assertThat(shown.path("agreed").asBoolean()).isTrue();
              assertThat(shown.at("/shadow/model").asText()).isEqualTo("tiny@2.0.0");
              assertThat(shown.at("/shadow/compared").asLong()).isGreaterThan(50);
              assertThat(shown.at("/shadow/agreement").asDouble()).isBetween(0.0, 0.9);
            });
  }

  /** What the dashboard is told of the models. */
  private static JsonNode models() throws IOException, InterruptedException {
    HttpResponse<String> answer =
        HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(river.river.dashboard("/api/pipeline")).build(),
                HttpResponse.BodyHandlers.ofString());
    return new ObjectMapper().readTree(answer.body()).path("models");
  }

  @Test
  void aFailingShadowDisturbsNobody() throws Exception {
    int before = river.sent();
    long lost = river.lost();
    Answer begun = river.run("models", "shadow", ModelRiver.FAILING, "--share", "1");
    try (Sending sending = river.send(100)) {
      river.insights(before + 300);
    }
    int count = river.sent();

    assertThat(begun.code()).isZero();
    assertThat(river.lost()).isEqualTo(lost);
    assertThat(river.insights(count)).hasSize(count - (int) lost);
    await()
        .atMost(Duration.ofMinutes(1))
        .until(
            () ->
                river.river.all(river.river.topics.deadLetters()).stream()
                    .anyMatch(letter -> letter.value().getStage().equals("scorer.shadow")));
  }

  @Test
  void aCanaryThatDisagreesIsTakenBackByItself() throws Exception {
    int before = river.sent();
    Answer begun =
        river.run(
            "models",
            "canary",
            ModelRiver.SECOND,
            "--share",
            "0.3",
            "--max-disagreement",
            "0.05",
            "--minimum",
            "30");
    try (Sending sending = river.send(100)) {
      await()
          .atMost(Duration.ofMinutes(2))
          .pollInterval(Duration.ofSeconds(1))
          .until(() -> river.run("models", "status").out().contains("got another label"));
      river.insights(river.sent() + 100);
    }
    List<Read<Insight>> insights = river.insights(river.sent());

    assertThat(begun.code()).isZero();
    assertThat(begun.out()).contains("tiny@2.0.0 serves 30.0 % of the keys");
    assertThat(insights).hasSize(river.sent() - (int) river.lost());
    Map<String, Set<String>> versionsByKey = new HashMap<>();
    for (Read<Insight> read : insights) {
      SentimentScore score = Objects.requireNonNull(read.value().getSentiment());
      assertThat(ModelRiver.probabilities(score))
          .isEqualTo(river.expected(score.getModel(), read.value().getMessage().getText()));
      if (number(read) >= before) {
        versionsByKey
            .computeIfAbsent("k-" + number(read) % 97, unused -> new HashSet<>())
            .add(score.getModel().getVersion());
      }
    }
    assertThat(versionsByKey.values())
        .filteredOn(each -> each.contains("2.0.0"))
        .hasSizeBetween(10, 50);
    Answer status = river.run("models", "status");
    assertThat(status.out())
        .contains("sentiment    tiny@1.0.0")
        .doesNotContain("canary  ")
        .contains("taken back   tiny@2.0.0");
  }

  @Test
  void aCanaryThatFailsIsTakenBackByItself() throws Exception {
    river.run(
        "models",
        "canary",
        ModelRiver.FAILING,
        "--share",
        "0.5",
        "--max-errors",
        "0.01",
        "--max-disagreement",
        "1",
        "--minimum",
        "30");

    try (Sending sending = river.send(100)) {
      await()
          .atMost(Duration.ofMinutes(2))
          .pollInterval(Duration.ofSeconds(1))
          .until(() -> river.run("models", "status").out().contains("became dead letters"));
    }

    List<Read<Insight>> insights = river.insights(river.sent());
    assertThat(insights).hasSize(river.sent() - (int) river.lost());
    assertThat(river.lost()).isPositive();
    assertThat(river.run("models", "status").out()).contains("taken back   tiny@3.0.0");
  }

  private static int number(Read<Insight> read) {
    return Integer.parseInt(read.value().getMessageId().substring(2));
  }
}

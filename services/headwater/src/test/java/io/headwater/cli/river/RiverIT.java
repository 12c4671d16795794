package io.headwater.cli.river;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.headwater.avro.DeadLetter;
import io.headwater.avro.Explanation;
import io.headwater.avro.Insight;
import io.headwater.avro.LabelProbability;
import io.headwater.avro.Message;
import io.headwater.cli.Main;
import io.headwater.cli.offline.OfflineScores;
import io.headwater.cli.river.TestRiver.Read;
import io.headwater.schemas.DeadLetters;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.awaitility.core.ConditionFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole line on real parts: broker, registry, model and all services. */
class RiverIT {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir private static Path folder;
  private static TestRiver river;

  @BeforeAll
  static void startTheRiver() {
    river = TestRiver.start(folder);
  }

  @AfterAll
  static void stopTheRiver() {
    if (river != null) {
      river.close();
    }
  }

  @Test
  void badInputEndsAsADeadLetterAndItsNeighboursAreScored() throws Exception {
    // given bad records of every kind, each between two healthy ones
    Map<String, byte @Nullable []> bad = new LinkedHashMap<>();
    bad.put("NULL_VALUE", null);
    bad.put("NOT_AVRO", "no avro at all".getBytes(StandardCharsets.UTF_8));
    bad.put("UNKNOWN_SCHEMA", ByteBuffer.allocate(40).put((byte) 0).putInt(123_456).array());
    bad.put(
        "MALFORMED",
        SpoiltBytes.cut(river.encoded(TestRiver.message("cut", "a text that is cut off"))));
    bad.put(
        "INVALID_UTF8",
        SpoiltBytes.broken(river.encoded(TestRiver.message("broken", "a MARK here"))));
    bad.put("TEXT_TOO_LONG", river.encoded(TestRiver.message("long", "x".repeat(10 << 20))));
    Message strange = TestRiver.message("strange", "fine");
    strange.setTasks(List.of("horoscope"));
    bad.put("UNKNOWN_TASK", river.encoded(strange));

    // when they are sent under one key, so that all are neighbours in one partition
    int number = 0;
    for (byte[] value : bad.values()) {
      river.send("bad-input", TestRiver.message("healthy-" + number++, "What a lovely day."));
      river.send("bad-input", value);
    }
    river.send("bad-input", TestRiver.message("healthy-" + number, "What a lovely day."));
    river.flush();

    // then every healthy one has its insight, in order, and the letters are exactly the bad ones
    eventually(60)
        .untilAsserted(
            () -> {
              assertThat(insightsOfKey("bad-input"))
                  .extracting(insight -> insight.getMessageId())
                  .containsExactly(
                      "healthy-0",
                      "healthy-1",
                      "healthy-2",
                      "healthy-3",
                      "healthy-4",
                      "healthy-5",
                      "healthy-6",
                      "healthy-7");
              assertThat(lettersOfKey("bad-input").keySet())
                  .containsExactlyElementsOf(bad.keySet());
            });
    lettersOfKey("bad-input")
        .forEach(
            (cause, letter) -> {
              assertThat(letter.getStage()).isEqualTo("tokenizer");
              assertThat(letter.getTopic()).isEqualTo("messages");
              assertThat(bytes(letter.getValue())).isEqualTo(bad.get(cause));
            });

    // and the dashboard's API counts them by cause
    HttpClient http = HttpClient.newHttpClient();
    eventually(30)
        .untilAsserted(
            () ->
                assertThat(
                        get(http, "/api/pipeline")
                            .path("deadLetters")
                            .path("byCause")
                            .findValuesAsText("cause"))
                    .containsAll(bad.keySet()));
  }

  @Test
  void oddButReadableTextIsScoredOrSaysWhyNot() {
    Map<String, String> texts =
        Map.of(
            "empty", "",
            "emoji", "🎉🎉🎉",
            "rtl", "هذا المطعم رائع جدا والخدمة ممتازة",
            "control", "I\u0000 love\u0007 this",
            "long", "This is wonderful and I am happy. ".repeat(800));
    texts.forEach((id, text) -> river.send("odd", TestRiver.message("odd-" + id, text)));
    Message other = TestRiver.message("odd-named", "Klingon honour");
    other.setLanguage("tlh");
    river.send("odd", other);
    river.send("odd", TestRiver.message("", "A message without an id."));
    river.flush();

    eventually(120).until(() -> insightsOfKey("odd").size() == 7);
    Map<String, Insight> found =
        insightsOfKey("odd").stream()
            .collect(toMap(insight -> insight.getMessageId(), insight -> insight));
    assertThat(get(found, "odd-empty").getSentiment()).isNotNull();
    assertThat(get(found, "odd-emoji").getLanguage()).isEqualTo("und");
    assertThat(get(found, "odd-emoji").getSentiment()).isNotNull();
    assertThat(get(found, "odd-control").getSentiment().getLabel()).isEqualTo("positive");
    assertThat(get(found, "odd-rtl").getLanguage()).isEqualTo("ar");
    assertThat(get(found, "odd-rtl").getSkipped()).hasSize(1);
    assertThat(get(found, "odd-named").getSkipped()).hasSize(1);
    assertThat(get(found, "odd-long").getSentiment().getSegmentCount()).isGreaterThan(10);
    assertThat(get(found, "odd-long").getSentiment().getLabel()).isEqualTo("positive");
    assertThat(found.keySet()).anyMatch(id -> id.startsWith("messages-"));
  }

  @Test
  void recordsThatAreLargerThanTheyLookStopNobody() {
    // given a text that only gzip gets past the topic's limit, and a source of megabytes
    byte[] unpacked = river.encoded(TestRiver.message("unpacked", "x".repeat(36 << 20)));
    Message wide = TestRiver.message("large-source", "What a lovely day.");
    wide.setSource("s".repeat(9 << 20));

    // when they are sent between two that are healthy
    river.send("large", TestRiver.message("large-before", "What a lovely day."));
    river.sendPacked("large", unpacked);
    river.send("large", wide);
    river.send("large", TestRiver.message("large-after", "What a lovely day."));
    river.flush();

    // then all that can be scored is, and the letter of the other names its place
    eventually(90)
        .untilAsserted(
            () -> {
              assertThat(insightsOfKey("large"))
                  .extracting(insight -> insight.getMessageId())
                  .containsExactly("large-before", "large-source", "large-after");
              DeadLetter letter = get(lettersOfKey("large"), "RECORD_TOO_LARGE");
              assertThat(letter.getDetail()).endsWith(DeadLetters.NOT_KEPT);
              assertThat(letter.getTopic()).isEqualTo("messages");
            });
    assertThat(river.river.failures()).isEmpty();
  }

  @Test
  void aTextHasTheSameBitsOfflineAndThroughTheRiver() {
    // given texts of different lengths, which share batches offline and may not in the river
    List<String> texts =
        List.of(
            "Fine.",
            "The parcel came two days late, and the box was open.",
            "I could not be happier with it. ".repeat(100),
            "Nobody answers the phone, the chat is closed, and I am tired of it.");
    List<Message> messages = new ArrayList<>();
    for (int i = 0; i < texts.size(); i++) {
      messages.add(TestRiver.message("same-" + i, texts.get(i)));
    }

    // when they are scored both ways
    messages.forEach(message -> river.send("same", message));
    river.flush();
    List<List<LabelProbability>> offline = OfflineScores.of(river.settings, messages);
    eventually(60).until(() -> insightsOfKey("same").size() == texts.size());

    // then every probability is the same float
    assertThat(
            insightsOfKey("same").stream().map(i -> i.getSentiment().getProbabilities()).toList())
        .isEqualTo(offline);
  }

  @Test
  void aMessageOverHttpShowsUpInTheDashboardsApiAndStream() throws Exception {
    HttpClient http = HttpClient.newHttpClient();
    // given somebody who watches the stream
    var stream =
        http.sendAsync(
            HttpRequest.newBuilder(URI.create(Addresses.dashboard(river.settings) + "/api/stream"))
                .build(),
            HttpResponse.BodyHandlers.ofLines());

    // when a message is posted
    HttpResponse<String> answer =
        http.send(
            HttpRequest.newBuilder(URI.create(Addresses.gateway(river.settings) + "/messages"))
                .header("Content-Type", "application/json")
                .POST(
                    HttpRequest.BodyPublishers.ofString(
                        "{\"id\":\"http-1\",\"text\":\"I am delighted with it!\",\"source\":\"http\"}"))
                .build(),
            HttpResponse.BodyHandlers.ofString());
    assertThat(answer.statusCode()).isEqualTo(202);

    // then the API has its insight and its window, and the stream tells of it
    eventually(60)
        .untilAsserted(
            () -> {
              JsonNode insight = get(http, "/api/insights/http-1");
              assertThat(insight.toString()).contains("positive");
              JsonNode windows = get(http, "/api/windows?size=1m&source=http");
              assertThat(windows.path("windows").size()).isGreaterThan(0);
            });
    String told =
        stream
            .get(30, TimeUnit.SECONDS)
            .body()
            .filter(line -> line.contains("http-1"))
            .findFirst()
            .orElseThrow();
    assertThat(told).startsWith("data:");
  }

  @Test
  void aMessageThatAsksIsToldWhyItGotItsLabel() throws Exception {
    // given a message that asks, between two that do not
    String text = "The waiter was on time, but the food was terrible.";
    Message asking = TestRiver.message("why-1", text);
    asking.setExplain(true);

    // when they are sent
    river.send("why", TestRiver.message("why-0", text));
    river.send("why", asking);
    river.send("why", TestRiver.message("why-2", text));
    river.flush();
    eventually(60).until(() -> insightsOfKey("why").size() == 3);

    // then its explanation is there with its score, and alone, and names the word that decides
    List<Explanation> explanations =
        river.all(river.topics.explanations()).stream()
            .filter(read -> key(read).equals("why"))
            .map(Read::value)
            .toList();
    assertThat(explanations)
        .extracting(explanation -> explanation.getMessageId())
        .containsExactly("why-1");
    Explanation explanation = explanations.get(0);
    assertThat(explanation.getMissingReason()).isNull();
    assertThat(explanation.getLabel()).isEqualTo("negative");
    assertThat(ExplainedText.decidingWord(explanation, text)).isEqualTo("terrible");

    // and the dashboard has it
    HttpClient http = HttpClient.newHttpClient();
    eventually(60)
        .untilAsserted(
            () -> {
              JsonNode shown = get(http, "/api/insights/why-1/explanation");
              assertThat(shown.at("/segments/0/layers").asInt()).isEqualTo(12);
            });
  }

  @Test
  void tenThousandMessagesComeOutOnceAndInOrder() throws IOException {
    Path file = Path.of(System.getProperty("headwater.root"), "../shared/data/messages.10k.jsonl");
    assumeTrue(Files.exists(file), "skipped: messages.10k.jsonl is not beside the repository");

    Map<String, List<String>> sent = new HashMap<>();
    try (var lines = Files.lines(file)) {
      for (String line : lines.toList()) {
        JsonNode json = JSON.readTree(line);
        sent.computeIfAbsent(json.path("conversation").asText(), unused -> new ArrayList<>())
            .add(json.path("id").asText());
      }
    }

    // when ten thousand messages go in with `headwater send`
    Instant begun = Instant.now();
    int code =
        Main.commandLine()
            .execute(
                "send",
                file.toString(),
                "--bootstrap-servers",
                river.kafka().bootstrapServers(),
                "--schema-registry-url",
                river.kafka().registryUrl());
    assertThat(code).isZero();

    // then ten thousand insights come out, each once, in order per key
    Set<String> keys = sent.keySet();
    eventually(400)
        .pollInterval(Duration.ofSeconds(3))
        .until(
            () ->
                river.all(river.topics.insights()).stream()
                        .filter(r -> keys.contains(key(r)))
                        .count()
                    >= 10_000);
    Map<String, List<String>> received = new HashMap<>();
    for (Read<Insight> read : river.all(river.topics.insights())) {
      if (keys.contains(key(read))) {
        received
            .computeIfAbsent(key(read), unused -> new ArrayList<>())
            .add(read.value().getMessageId());
      }
    }
    assertThat(received).isEqualTo(sent);
    System.out.printf(
        "10000 messages became 10000 insights in %d s%n",
        Duration.between(begun, Instant.now()).toSeconds());
  }

  private static <V> V get(Map<String, V> found, String id) {
    V value = found.get(id);
    if (value == null) {
      throw new AssertionError(
          "Nothing came out for %s, only for %s".formatted(id, found.keySet()));
    }
    return value;
  }

  private static List<Insight> insightsOfKey(String key) {
    return river.all(river.topics.insights()).stream()
        .filter(read -> key(read).equals(key))
        .map(Read::value)
        .toList();
  }

  /** Dead letters by cause, in their order. */
  private static Map<String, DeadLetter> lettersOfKey(String key) {
    return river.all(river.topics.deadLetters()).stream()
        .filter(read -> key(read).equals(key))
        .map(Read::value)
        .collect(
            Collectors.toMap(
                letter -> letter.getCause(), letter -> letter, (a, b) -> a, LinkedHashMap::new));
  }

  private static String key(Read<?> read) {
    byte[] key = read.record().key();
    return key == null ? "" : new String(key, StandardCharsets.UTF_8);
  }

  private static JsonNode get(HttpClient http, String path)
      throws IOException, InterruptedException {
    HttpResponse<String> answer =
        http.send(
            HttpRequest.newBuilder(URI.create(Addresses.dashboard(river.settings) + path)).build(),
            HttpResponse.BodyHandlers.ofString());
    assertThat(answer.statusCode()).isEqualTo(200);
    return JSON.readTree(answer.body());
  }

  private static byte @Nullable [] bytes(@Nullable ByteBuffer buffer) {
    if (buffer == null) {
      return null;
    }
    byte[] copy = new byte[buffer.remaining()];
    buffer.duplicate().get(copy);
    return copy;
  }

  private static ConditionFactory eventually(int seconds) {
    return await().atMost(Duration.ofSeconds(seconds)).pollInterval(Duration.ofMillis(500));
  }
}

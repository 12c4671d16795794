package io.headwater.peers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.headwater.avro.Message;
import io.headwater.faults.model.Expected;
import io.headwater.faults.model.ReferenceModel;
import io.headwater.faults.model.TinyModel;
import io.headwater.faults.model.Vocabulary;
import io.headwater.faults.process.ChildProcess;
import io.headwater.faults.traffic.Texts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("long")
class PeersIT {
  private static final int MESSAGES = 30;
  private static final Duration STOP_LIMIT = Duration.ofSeconds(30);

  @TempDir private static Path folder;
  private static PeerStage stage;
  private static Path model;
  private static final Map<String, Expected> EXPECTED = new LinkedHashMap<>();

  @BeforeAll
  static void fillATopic() throws Exception {
    Path models = folder.resolve("models");
    TinyModel.write(models);
    model = models.resolve(TinyModel.QUICK.replace('@', '/'));
    List<Message> messages = new ArrayList<>();
    Texts texts = new Texts(new Vocabulary().words(), 5, 4 * MESSAGES);
    try (ReferenceModel reference = ReferenceModel.open(models, TinyModel.QUICK)) {
      for (int i = 0; messages.size() < MESSAGES; i++) {
        Expected expected = reference.score(texts.get(i));
        // Peers truncate what the model cannot take at once.
        if (expected.segments() == 1) {
          EXPECTED.put("m-" + i, expected);
          messages.add(Message.newBuilder().setId("m-" + i).setText(texts.get(i)).build());
        }
      }
    }
    stage = PeerStage.start(folder);
    stage.fill(messages);
  }

  @AfterAll
  static void endAll() {
    if (stage != null) {
      stage.close();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"streams", "batches-32", "djl", "flink-map", "flink-async"})
  void answersEveryMessageOnceAsOnnxRuntimeDoes(String peer) throws Exception {
    assertThatItAnswers(peer, stage.startJava(peer, model));
  }

  @Test
  void nodeAnswersEveryMessageOnceAsOnnxRuntimeDoes() throws Exception {
    assumeTrue(
        Files.isDirectory(PeerStage.root().resolve("load-tests/peers/node/node_modules")),
        "skipped: run `npm ci --ignore-scripts` in load-tests/peers/node first");

    assertThatItAnswers("node", stage.startNode(model));
  }

  private static void assertThatItAnswers(String peer, ChildProcess process) throws Exception {
    List<ConsumerRecord<String, String>> answers = stage.answers(peer, MESSAGES, process);

    assertThat(answers.stream().map(ConsumerRecord::key))
        .containsExactlyInAnyOrderElementsOf(EXPECTED.keySet());
    for (ConsumerRecord<String, String> answer : answers) {
      assertThatItIsRight(answer);
    }
    assertThat(process.terminate(STOP_LIMIT)).as("%s ends when it is asked to", peer).isTrue();
    assertThat(Files.readAllLines(stage.log(peer))).contains("READY");
  }

  private static void assertThatItIsRight(ConsumerRecord<String, String> answer)
      throws IOException {
    JsonNode json = new ObjectMapper().readTree(answer.value());
    Expected expected = Objects.requireNonNull(EXPECTED.get(answer.key()));
    assertThat(json.path("id").asText()).isEqualTo(answer.key());
    assertThat(json.path("label").asText()).isEqualTo(expected.label());
    assertThat(json.path("probabilities")).hasSameSizeAs(expected.probabilities());
    for (int label = 0; label < expected.probabilities().size(); label++) {
      assertThat((float) json.path("probabilities").get(label).asDouble())
          .isCloseTo(expected.probabilities().get(label), within(1e-4f));
    }
  }
}

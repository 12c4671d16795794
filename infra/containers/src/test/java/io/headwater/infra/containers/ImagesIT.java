package io.headwater.infra.containers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.headwater.infra.containers.ContainerRiver.Ended;
import io.headwater.schemas.HeadwaterGroups;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.testcontainers.containers.GenericContainer;

/** A whole river of our images, and what becomes of it when they are told to stop. */
@Tag("containers")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ImagesIT {
  private static final List<String> SERVICES =
      List.of("tokenizer", "scorer", "aggregator", "gateway");

  /** A JVM that has been told to end says so by this code, however well it ended. */
  private static final long ENDED_BY_SIGTERM = 143;

  private static ContainerRiver river;
  private static RiverEnds ends;

  @BeforeAll
  static void start() throws IOException, InterruptedException {
    DockerEngine.requireImages();
    river = ContainerRiver.start(2);
    SERVICES.forEach(river::service);
    ends = new RiverEnds(river);
  }

  @AfterAll
  static void close() {
    if (ends != null) {
      ends.close();
    }
    if (river != null) {
      river.close();
    }
  }

  @Test
  @Order(1)
  void everyMessageOfARiverOfImagesBecomesAnInsight() throws IOException, InterruptedException {
    ends.send("first", 200);

    eachIsThereOnce("first", 200, Duration.ofMinutes(1));
  }

  @Test
  @Order(2)
  void theCommandLinesImageReadsWhatComesOut() {
    Ended tail = river.cli("tail", "insights", "--from", "beginning", "--limit", "3", "--json");

    assertThat(tail.exitCode()).as(tail.output()).isZero();
    assertThat(tail.output()).contains("\"label\"");
  }

  @Test
  @Order(3)
  void everyServiceLogsHowItsMemoryIsSharedOut() {
    for (String service : SERVICES) {
      assertThat(river.logs(service))
          .containsPattern("INFO +MemoryPlan event=memory_plan service=" + service)
          .containsOnlyOnce("event=memory_plan");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"tokenizer", "scorer", "aggregator"})
  @Order(4)
  void aServiceThatIsStoppedAtWorkFinishesLeavesItsGroupAndLosesNothing(String service)
      throws IOException, InterruptedException {
    int count = 1_500;
    ends.send(service, count);
    await().atMost(Duration.ofMinutes(1)).until(() -> !ends.insights(service).isEmpty());
    assertThat(ends.insights(service)).as("the river is still at work").hasSizeLessThan(count);

    long begun = System.nanoTime();
    long code = river.stop(service);
    Duration took = Duration.ofNanos(System.nanoTime() - begun);

    assertThat(ends.members(group(service))).as("members of its group, right after").isZero();
    assertThat(code).as(river.logs(service)).isEqualTo(ENDED_BY_SIGTERM);
    assertThat(took).isLessThan(Duration.ofSeconds(30));
    assertThat(river.logs(service))
        .contains("event=stopped service=" + service)
        .doesNotContain("closing took too long")
        .doesNotContain(" ERROR ");
    river.service(service);
    eachIsThereOnce(service, count, Duration.ofMinutes(2));
  }

  @Test
  @Order(5)
  void nothingIsWrittenOutsideTheTemporaryFilesAndTheState() {
    for (String service : SERVICES) {
      GenericContainer<?> container = river.running(service);
      var engine = container.getDockerClient();
      String id = container.getContainerId();

      // None is told as nothing at all.
      assertThat(Optional.ofNullable(engine.containerDiffCmd(id).exec()).orElse(List.of()))
          .isEmpty();
      assertThat(engine.inspectContainerCmd(id).exec().getConfig().getUser())
          .isEqualTo("10001:10001");
    }
  }

  private static String group(String service) {
    HeadwaterGroups groups = new HeadwaterGroups("");
    return switch (service) {
      case "tokenizer" -> groups.tokenizer();
      case "scorer" -> groups.scorer("sentiment");
      default -> groups.aggregator();
    };
  }

  private static void eachIsThereOnce(String prefix, int count, Duration within) {
    await().atMost(within).until(() -> ends.insights(prefix).size() >= count);
    // One more look: what is there twice may come late.
    Map<String, Integer> found = ends.insights(prefix);
    assertThat(found).hasSize(count).allSatisfy((id, times) -> assertThat(times).isEqualTo(1));
  }
}

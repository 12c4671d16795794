package io.headwater.load.river.peer;

import static org.assertj.core.api.Assertions.assertThat;

import io.headwater.avro.Message;
import io.headwater.faults.model.TinyModel;
import io.headwater.faults.process.ProcessGroup;
import io.headwater.load.river.bound.Bound;
import io.headwater.load.river.bound.BoundResult;
import io.headwater.load.river.bound.BoundTask;
import io.headwater.load.river.corpus.Corpus;
import io.headwater.load.river.corpus.Traffic;
import io.headwater.load.river.openloop.LatencyBook;
import io.headwater.load.river.openloop.OpenLoop;
import io.headwater.load.river.openloop.Schedule;
import io.headwater.load.river.pipeline.ResultTap;
import io.headwater.load.river.pipeline.River;
import io.headwater.load.river.pipeline.RiverPlan;
import io.headwater.load.river.pipeline.Saturation;
import io.headwater.load.river.pipeline.Seen;
import io.headwater.schemas.Decoded;
import io.headwater.schemas.RecordDecoder;
import io.headwater.schemas.SchemaRegistry;
import io.headwater.schemas.Topic;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The rod on a real broker and registry, with a tiny model and a loop of its own as the river. */
@Tag("long")
class RodIT {
  private static final String MODEL = TinyModel.QUICK;

  @TempDir private static Path folder;
  private static ProcessGroup processes = ProcessGroup.create();
  private static River river;
  private static Path model;
  private static Path messages;

  @BeforeAll
  static void startARiverWithoutServices() throws Exception {
    Path models = folder.resolve("models");
    TinyModel.write(models);
    model = models.resolve(MODEL.replace('@', '/'));
    messages =
        Files.write(
            folder.resolve("messages.jsonl"),
            List.of(
                "{\"text\": \"the coffee is good and it was warm\"}",
                "{\"text\": \"i am not sure about this\"}",
                "{\"text\": \"they were late\"}"));
    Path dist = Path.of(System.getProperty("headwater.root"), "infra/local/target");
    river =
        River.start(processes, new RiverPlan(dist, folder, models, MODEL, 1, Map.of(), List.of()));
  }

  @AfterAll
  static void endAll() {
    if (river != null) {
      river.close();
    }
    processes.close();
  }

  @Test
  void aPeerIsMeasuredAndSaysWhatTheModelAloneSays() throws Exception {
    Traffic traffic = new Traffic(Corpus.read(messages));
    Bound bound = bound();
    BoundResult alone = bound.run();
    river.fill("work", traffic, 60_000);

    PeerResult peer =
        new PeerRun(
                new PeerFolder(folder.resolve("none")),
                processes,
                river,
                new PeerRun.Place("work", model, 1, folder.resolve("peers")),
                number -> 10)
            .run(
                DeliveryMain.EXACTLY_ONCE,
                new Saturation(Duration.ofMillis(300), Duration.ofSeconds(1)),
                bound.labels());

    assertThat(peer.why()).isEmpty();
    assertThat(peer.messagesPerSecond()).isPositive();
    assertThat(peer.compared()).isGreaterThan(10);
    assertThat(peer.agreement()).isEqualTo(1);
    assertThat(alone.tokens()).isPositive();
    assertThat(alone.singleNanos()).hasSize(20);
  }

  @Test
  void aPeerThatIsNotThereIsToldAndNoError() throws Exception {
    PeerResult peer =
        new PeerRun(
                new PeerFolder(folder.resolve("none")),
                processes,
                river,
                new PeerRun.Place("nothing", model, 1, folder.resolve("peers")),
                number -> 10)
            .run(PeerFolder.TEXTBOOK, new Saturation(Duration.ZERO, Duration.ZERO), Map.of());

    assertThat(peer.why()).contains("not built");
    assertThat(peer.steady()).isNull();
  }

  @Test
  void everyMessageOfAnOpenLoopComesBack() throws Exception {
    Traffic traffic = new Traffic(Corpus.read(messages));
    river.fill("loop.in", traffic, 0);
    // Nobody between: what is sent is what is read.
    RecordDecoder<Message> decoder =
        SchemaRegistry.at(river.registryUrl(), Map.of())
            .decoder(new Topic<>("loop.in", Message.class));
    try (ResultTap results =
        new ResultTap(river.bootstrapServers(), "loop.in", bytes -> seen(decoder, bytes))) {
      LatencyBook book =
          new OpenLoop(traffic, 0, "loop.in", river.encoder("loop.in"), river.bootstrapServers())
              .run(new Schedule(100, true), 300, 50, results);

      assertThat(book.lost()).isZero();
      assertThat(book.repeated()).isZero();
      assertThat(book.fromDue().getTotalCount()).isEqualTo(250);
      assertThat(book.fromDue().getMaxValue()).isGreaterThanOrEqualTo(0);
    }
  }

  private static Seen seen(RecordDecoder<Message> decoder, byte[] bytes) {
    Message message = ((Decoded.Healthy<Message>) decoder.decode(bytes)).value();
    return new Seen(Traffic.number(message.getId()), "none");
  }

  private static Bound bound() {
    return new Bound(
        processes,
        folder.resolve("bound"),
        new BoundTask(
            model.toString(),
            messages.toString(),
            500,
            5,
            1,
            1_024,
            20,
            folder.resolve("bound/labels.json").toString()));
  }
}

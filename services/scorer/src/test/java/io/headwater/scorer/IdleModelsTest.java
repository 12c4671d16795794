package io.headwater.scorer;

import static org.assertj.core.api.Assertions.assertThat;

import io.headwater.avro.ModelRef;
import io.headwater.models.ModelCatalog;
import io.headwater.models.ModelId;
import io.headwater.models.PackageFolder;
import io.headwater.models.engine.EngineOptions;
import io.headwater.models.engine.ExecutionProvider;
import io.headwater.scorer.sentiment.LoadedModel;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IdleModelsTest {
  private static final ModelRef OLD = new ModelRef("tiny", "1.0.0");
  private static final ModelRef NEXT = new ModelRef("tiny", "2.0.0");

  @TempDir private Path root;
  private final Hands clock = new Hands();
  private EngineModels<LoadedModel> models = models(Path.of("none"));

  @BeforeEach
  void open() {
    PackageFolder.good(root.resolve("tiny/1.0.0"));
    PackageFolder.good(root.resolve("tiny/2.0.0"))
        .edit("\"version\": \"1.0.0\"", "\"version\": \"2.0.0\"");
    models = models(root);
    models.load(new ModelId("tiny", "1.0.0"));
    models.load(new ModelId("tiny", "2.0.0"));
  }

  @AfterEach
  void close() {
    models.close();
  }

  @Test
  void whatIsNotNeededAndNotUsedForLongIsClosed() {
    models.retain(Set.of(NEXT));
    clock.forward(EngineModels.IDLE.plusSeconds(1));

    models.require(NEXT);

    assertThat(models.loaded()).isEqualTo(1);
  }

  @Test
  void whatTokensInFlightStillNameStays() {
    models.retain(Set.of(NEXT));
    clock.forward(EngineModels.IDLE.minusSeconds(1));
    models.require(OLD);
    clock.forward(Duration.ofSeconds(2));

    models.require(NEXT);

    assertThat(models.loaded()).isEqualTo(2);
  }

  @Test
  void whatIsNeededStaysHoweverIdle() {
    models.retain(Set.of(OLD, NEXT));
    clock.forward(Duration.ofDays(9));

    models.require(NEXT);

    assertThat(models.loaded()).isEqualTo(2);
  }

  @Test
  void nothingIsClosedWhereNobodySaysWhatIsNeeded() {
    clock.forward(Duration.ofDays(9));

    models.require(NEXT);

    assertThat(models.loaded()).isEqualTo(2);
  }

  @Test
  void aClosedModelIsLoadedAgainWhenItsTokensCome() {
    models.retain(Set.of(NEXT));
    clock.forward(Duration.ofDays(9));
    models.require(NEXT);

    assertThat(models.require(OLD).ref()).isEqualTo(OLD);
  }

  private EngineModels<LoadedModel> models(Path directory) {
    return EngineModels.sentiment(
        new ModelCatalog(directory), new EngineOptions(ExecutionProvider.CPU, 1), clock);
  }

  /** A clock that is moved by hand. */
  private static final class Hands extends Clock {
    private Instant now = Instant.EPOCH.plus(Duration.ofDays(100));

    void forward(Duration time) {
      now = now.plus(time);
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }

    @Override
    public Instant instant() {
      return now;
    }
  }
}

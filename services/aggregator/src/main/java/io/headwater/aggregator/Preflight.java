package io.headwater.aggregator;

import io.headwater.aggregator.streams.PartitionCheck;
import io.headwater.runtime.config.KafkaConnection;
import io.headwater.runtime.lifecycle.StartException;
import io.headwater.schemas.HeadwaterTopics;
import io.headwater.schemas.RiverPreflight;
import io.headwater.schemas.RiverPreflight.NotReadyException;
import io.headwater.schemas.SchemaRegistry;
import org.jspecify.annotations.Nullable;

/**
 * Waits for broker and registry, and checks what only an operator can mend. Can be given up from
 * another thread.
 */
final class Preflight {
  private @Nullable Thread waiting;
  private boolean givenUp;

  /**
   * Waits and checks.
   *
   * @return the number of partitions of the river's topics
   * @throws StartException when topics or schemas are missing, do not fit, or it was given up
   */
  int await(KafkaConnection kafka, HeadwaterTopics topics, SchemaRegistry registry) {
    begin();
    try {
      RiverPreflight.await(kafka.forAdmin(), registry, PartitionCheck.topics(topics));
      return PartitionCheck.partitions(kafka.forAdmin(), topics);
    } catch (NotReadyException e) {
      throw new StartException("The aggregator cannot start: " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StartException("The aggregator was stopped while it was starting", e);
    } finally {
      end();
    }
  }

  /** Ends the waiting, now or later. */
  synchronized void giveUp() {
    givenUp = true;
    if (waiting != null) {
      waiting.interrupt();
    }
  }

  private synchronized void begin() {
    if (givenUp) {
      throw new StartException("The aggregator was stopped while it was starting");
    }
    waiting = Thread.currentThread();
  }

  // Interrupts come only while the thread is named here, so none can hit it later.
  private synchronized void end() {
    waiting = null;
    if (givenUp && Thread.interrupted()) {
      throw new StartException("The aggregator was stopped while it was starting");
    }
  }
}

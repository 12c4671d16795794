package io.headwater.infra.local;

import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.utils.Exit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes from Kafka the right to end this JVM.
 *
 * <p>A broker that meets a fatal fault calls {@code exit} or {@code halt}, which in a process of
 * its own is right. Inside ours it would cut off the line that explains the fault. While a local
 * broker lives, such a call is reported to its owner instead, and returns. (Kafka's exits are
 * global to the JVM: of several brokers, every owner hears of it.)
 */
final class KafkaExits {
  private static final Logger LOG = LoggerFactory.getLogger(KafkaExits.class);
  private static final List<Runnable> OWNERS = new ArrayList<>();

  private KafkaExits() {}

  /** Calls the owner, on a thread of Kafka, whenever Kafka wants to end the JVM. */
  static synchronized void divertTo(Runnable owner) {
    OWNERS.add(owner);
    Exit.setExitProcedure((status, message) -> divert(status));
    Exit.setHaltProcedure((status, message) -> divert(status));
  }

  /** Gives Kafka its right back once the last owner has left. */
  static synchronized void restore(Runnable owner) {
    OWNERS.remove(owner);
    if (OWNERS.isEmpty()) {
      Exit.resetExitProcedure();
      Exit.resetHaltProcedure();
    }
  }

  private static void divert(int status) {
    LOG.atError().addKeyValue("status", status).log("Kafka asked to end the process");
    owners().forEach(Runnable::run);
  }

  private static synchronized List<Runnable> owners() {
    return List.copyOf(OWNERS);
  }
}

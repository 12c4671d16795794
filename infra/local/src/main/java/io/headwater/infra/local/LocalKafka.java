package io.headwater.infra.local;

import java.io.OutputStream;
import java.io.PrintStream;
import java.net.BindException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One real Kafka broker with its controller, in this JVM, on the loopback address only.
 *
 * <p>Its data survive a restart in the same folder, also after the process was killed. Single-use:
 * once closed, start another one.
 */
public final class LocalKafka implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(LocalKafka.class);
  private static final Duration LONGEST_SHUTDOWN = Duration.ofSeconds(30);

  private final LocalPort port;
  private final LocalPort controllerPort;
  private final DirectoryLock lock;
  private final CompletableFuture<LocalInfraException> failure = new CompletableFuture<>();
  private final Runnable onExit = this::reportFailure;
  private volatile boolean closing;
  private @Nullable KafkaRaftServer server;

  private LocalKafka(LocalPort port, LocalPort controllerPort, DirectoryLock lock) {
    this.port = port;
    this.controllerPort = controllerPort;
    this.lock = lock;
  }

  /**
   * Formats the folder on its first use, starts the broker and returns once clients can connect.
   *
   * @throws LocalInfraException if a port or the folder is taken, or the broker cannot start
   */
  public static LocalKafka start(LocalKafkaConfig config) {
    return start(config, BrokerLocks.NONE);
  }

  /** As {@link #start(LocalKafkaConfig)}, for clients that must show who they are. */
  public static LocalKafka start(LocalKafkaConfig config, BrokerLocks locks) {
    LocalPort port = LocalPort.claim(LocalKafkaConfig.PORT_SETTING, config.port());
    LocalPort controllerPort =
        LocalPort.claim(LocalKafkaConfig.CONTROLLER_PORT_SETTING, config.controllerPort());
    LocalKafka kafka =
        new LocalKafka(port, controllerPort, DirectoryLock.acquire(config.dataDirectory()));
    try {
      kafka.run(config, locks);
      return kafka;
    } catch (Exception e) {
      kafka.closeAfter(e);
      throw kafka.explained(config, e);
    }
  }

  private void run(LocalKafkaConfig config, BrokerLocks locks) throws Exception {
    formatOnFirstUse(config, locks);
    KafkaExits.divertTo(onExit);
    KafkaConfig settings =
        new KafkaConfig(KafkaSettings.of(config, locks, port.number(), controllerPort.number()));
    KafkaRaftServer started = new KafkaRaftServer(settings, Time.SYSTEM);
    server = started;
    started.startup();
  }

  private static void formatOnFirstUse(LocalKafkaConfig config, BrokerLocks locks)
      throws Exception {
    if (Files.exists(config.dataDirectory().resolve("meta.properties"))) {
      return;
    }
    String directory = config.dataDirectory().toString();
    new Formatter()
        .setClusterId(Uuid.randomUuid().toString())
        .setNodeId(KafkaSettings.NODE_ID)
        .setDirectories(List.of(directory))
        .setMetadataLogDirectory(directory)
        .setControllerListenerName(KafkaSettings.CONTROLLER_LISTENER)
        .setScramArguments(locks.users())
        .setPrintStream(
            new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8))
        .run();
  }

  private LocalInfraException explained(LocalKafkaConfig config, Exception fault) {
    for (Throwable cause = fault; cause != null; cause = cause.getCause()) {
      if (cause instanceof BindException) {
        // Somebody took the port between our look and Kafka's bind.
        return LocalPort.isFree(port.number()) ? controllerPort.taken() : port.taken();
      }
    }
    return new LocalInfraException(
        "The local Kafka broker with its data in "
            + config.dataDirectory()
            + " did not start: "
            + fault,
        fault);
  }

  /** The address for a client's {@code bootstrap.servers}. */
  public String bootstrapServers() {
    return LocalPort.HOST + ":" + port.number();
  }

  /**
   * Completes with the reason, on a thread of Kafka, if the broker meets a fault that it cannot
   * live with; never completes otherwise. The owner should then close it.
   */
  public CompletionStage<LocalInfraException> failure() {
    return failure.minimalCompletionStage();
  }

  private void reportFailure() {
    if (!closing) {
      failure.complete(
          new LocalInfraException(
              "The local Kafka broker on port "
                  + port.number()
                  + " gave up: the log names the fault just before this"));
    }
  }

  /** Stops the broker and waits until it is gone; once closed, further calls do nothing. */
  @Override
  public synchronized void close() {
    if (closing) {
      return;
    }
    closing = true;
    try {
      shutDown();
    } finally {
      KafkaExits.restore(onExit);
      lock.close();
    }
  }

  private void closeAfter(Exception fault) {
    try {
      close();
    } catch (RuntimeException e) {
      fault.addSuppressed(e);
    }
  }

  private void shutDown() {
    KafkaRaftServer running = server;
    if (running == null) {
      return;
    }
    // Bounded: a broker whose controller has died waits minutes for it. On a thread of its own:
    // an interrupt of the caller must not cut the shutdown short.
    try {
      CompletableFuture.runAsync(
              running::shutdown, task -> new Thread(task, "headwater-local-kafka-shutdown").start())
          .orTimeout(LONGEST_SHUTDOWN.toSeconds(), TimeUnit.SECONDS)
          .join();
    } catch (CompletionException e) {
      LOG.atError()
          .setCause(e)
          .addKeyValue("port", port.number())
          .log("The local Kafka broker did not stop cleanly");
    }
  }
}

package io.headwater.infra.local;

import static java.util.concurrent.CompletableFuture.completedFuture;

import java.io.IOException;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The real Apicurio registry as a child process that speaks Confluent's REST API on the loopback
 * address.
 *
 * <p>Schemas and their ids survive a restart in the same folder, also after a kill. The child dies
 * with this process, however this process dies. Single-use: once closed, start another one.
 */
public final class LocalRegistry implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(LocalRegistry.class);
  private static final String API_PATH = "/apis/ccompat/v7";
  private static final int POLL_MILLIS = 50;
  private static final int ANSWER_MILLIS = 2_000;
  private static final long LONGEST_STOP_SECONDS = 10;

  private final LocalRegistryConfig config;
  private final LocalPort port;
  private final DirectoryLock lock;
  private final RegistryLog log;
  private final Process process;
  private final long launchedAt = System.nanoTime();
  private volatile boolean ready;
  private volatile boolean closing;

  private LocalRegistry(
      LocalRegistryConfig config, LocalPort port, DirectoryLock lock, RegistryLog log) {
    this.config = config;
    this.port = port;
    this.lock = lock;
    this.log = log;
    this.process = new RegistryProcess(config, port, log).start();
  }

  /**
   * Starts the registry and returns once it answers.
   *
   * @throws LocalInfraException if the port or the folder is taken, or the registry does not answer
   *     in time
   */
  public static LocalRegistry start(LocalRegistryConfig config) {
    LocalRegistry registry = launch(config);
    registry.awaitReady();
    return registry;
  }

  /** Starts the process only, so that the caller can do other things until it is ready. */
  static LocalRegistry launch(LocalRegistryConfig config) {
    LocalPort port = LocalPort.claim(LocalRegistryConfig.PORT_SETTING, config.port());
    DirectoryLock lock = DirectoryLock.acquire(config.dataDirectory());
    try {
      RegistryLog log = new RegistryLog(config.dataDirectory().resolve("registry.log"));
      return new LocalRegistry(config, port, lock, log);
    } catch (RuntimeException e) {
      lock.close();
      throw e;
    }
  }

  /** Waits until the registry answers; closes it and throws if it does not. */
  void awaitReady() {
    try {
      while (!answers()) {
        if (!process.isAlive()) {
          throw new LocalInfraException("The registry ended while it started: " + reason());
        }
        if (System.nanoTime() - launchedAt > config.startTimeout().toNanos()) {
          throw new LocalInfraException(
              "The registry did not answer within "
                  + config.startTimeout().toMillis()
                  + " ms: "
                  + reason());
        }
        Thread.sleep(POLL_MILLIS);
      }
    } catch (InterruptedException e) {
      close();
      Thread.currentThread().interrupt();
      throw new LocalInfraException("The start of the registry was interrupted", e);
    } catch (RuntimeException e) {
      close();
      throw e;
    }
    ready = true;
    Duration took = Duration.ofNanos(System.nanoTime() - launchedAt);
    LOG.atInfo().addKeyValue("url", url()).addKeyValue("ms", took.toMillis()).log("Registry is up");
  }

  private boolean answers() {
    try {
      HttpURLConnection connection =
          (HttpURLConnection) URI.create(url() + "/subjects").toURL().openConnection();
      connection.setConnectTimeout(ANSWER_MILLIS);
      connection.setReadTimeout(ANSWER_MILLIS);
      boolean answered = connection.getResponseCode() == HttpURLConnection.HTTP_OK;
      connection.disconnect();
      return answered && process.isAlive();
    } catch (IOException e) {
      return false;
    }
  }

  private LocalInfraException ended() {
    return new LocalInfraException("The registry on port " + port.number() + " ended: " + reason());
  }

  private String reason() {
    return log.lastMeaningfulLine().orElse("it wrote nothing") + " (log: " + log.file() + ")";
  }

  /** The base of Confluent's REST API, for a client's {@code schema.registry.url}. */
  public URI url() {
    return URI.create("http://" + LocalPort.HOST + ":" + port.number() + API_PATH);
  }

  /** The registry's process id, for a diagnosis. */
  public long processId() {
    return process.pid();
  }

  /**
   * Completes with the reason, on a thread of the JDK, if the process ends without being asked to;
   * never completes otherwise. The owner should then close it.
   */
  public CompletionStage<LocalInfraException> failure() {
    return process
        .onExit()
        .thenCompose(ended -> closing ? new CompletableFuture<>() : completedFuture(ended()))
        .minimalCompletionStage();
  }

  /** Stops the registry and waits until its process is gone; closing again does nothing. */
  @Override
  public synchronized void close() {
    closing = true;
    boolean interrupted = Thread.interrupted();
    try {
      askToStop();
      if (!process.waitFor(LONGEST_STOP_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
      }
    } catch (InterruptedException e) {
      interrupted = true;
      process.destroyForcibly().onExit().join();
    } finally {
      lock.close();
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private void askToStop() {
    if (!ready) {
      // Half started, it would first finish its start; and it has given out no ids yet.
      process.destroyForcibly();
      return;
    }
    // Any byte will do: see RegistryLauncher. If the process is gone already, so is the pipe.
    try (OutputStream input = process.getOutputStream()) {
      input.write('\n');
    } catch (IOException e) {
      LOG.atDebug().addKeyValue("port", port.number()).log("The registry is gone already");
    }
  }
}

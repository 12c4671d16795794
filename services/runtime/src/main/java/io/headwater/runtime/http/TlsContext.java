package io.headwater.runtime.http;

import io.headwater.runtime.lifecycle.StartException;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import javax.net.ssl.SSLContext;
import nl.altindag.ssl.SSLFactory;
import nl.altindag.ssl.util.SSLFactoryUtils;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * TLS by PEM files that are read again when they change: connections that are made from then on use
 * what is in them now. Files that cannot be used change nothing. Owns the thread that looks.
 */
public final class TlsContext implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(TlsContext.class);
  private static final Duration INTERVAL = Duration.ofSeconds(10);

  private final TlsFiles files;
  private final BiFunction<TlsMaterial, Boolean, SSLFactory> make;
  private final SSLFactory factory;
  private TlsTexts loaded;
  private String complaint = "";
  private @Nullable ScheduledExecutorService watcher;

  private TlsContext(TlsFiles files, BiFunction<TlsMaterial, Boolean, SSLFactory> make) {
    this.files = files;
    this.make = make;
    try {
      this.loaded = TlsTexts.read(files);
    } catch (IOException e) {
      throw new StartException("TLS: cannot read the file " + e.getMessage(), e);
    }
    TlsMaterial material = TlsMaterial.of(loaded, files);
    this.factory = make.apply(material, true);
    LOG.info("event=tls_loaded {}", material.inWords());
  }

  /**
   * The TLS of an endpoint.
   *
   * @throws StartException when the files cannot be used
   */
  public static TlsContext forServer(TlsFiles files) {
    return new TlsContext(files, TlsMaterial::server);
  }

  /**
   * The TLS of a client that speaks to endpoints of its own kind: it shows their certificate, and
   * trusts it, the authorities named with it, and those of Java.
   *
   * @throws StartException when the files cannot be used
   */
  public static TlsContext forPeers(TlsFiles files) {
    return new TlsContext(files, TlsMaterial::peer);
  }

  public SSLContext context() {
    return factory.getSslContext();
  }

  /** Begins to look at the files every ten seconds. */
  public void watch() {
    watch(INTERVAL);
  }

  synchronized void watch(Duration interval) {
    ScheduledExecutorService made =
        Executors.newSingleThreadScheduledExecutor(
            work -> {
              Thread thread = new Thread(work, "tls-files");
              thread.setDaemon(true);
              return thread;
            });
    var unused =
        made.scheduleWithFixedDelay(
            this::reload, interval.toMillis(), interval.toMillis(), TimeUnit.MILLISECONDS);
    watcher = made;
  }

  /** Reads the files again if they changed. Called by the watching thread. */
  private void reload() {
    try {
      TlsTexts now = TlsTexts.read(files);
      if (!now.equals(loaded)) {
        TlsMaterial material = TlsMaterial.of(now, files);
        SSLFactoryUtils.reload(factory, make.apply(material, false));
        loaded = now;
        complaint = "";
        LOG.info("event=tls_reloaded {}", material.inWords());
      }
    } catch (IOException | RuntimeException e) {
      // Half of the files may be new: the next look finds the rest.
      String reason = String.valueOf(e.getMessage());
      if (!reason.equals(complaint)) {
        complaint = reason;
        LOG.warn("event=tls_not_reloaded action=keep_the_old reason=\"{}\"", reason);
      }
    }
  }

  @Override
  public synchronized void close() {
    Optional.ofNullable(watcher).ifPresent(ScheduledExecutorService::shutdownNow);
  }

  /**
   * What is in the files.
   *
   * @param certificate of the server
   * @param key of the certificate
   * @param clientAuthority empty where there is none
   */
  record TlsTexts(String certificate, String key, Optional<String> clientAuthority) {
    static TlsTexts read(TlsFiles files) throws IOException {
      Optional<String> authority = Optional.empty();
      if (files.clientAuthority().isPresent()) {
        authority = Optional.of(Files.readString(files.clientAuthority().get()));
      }
      return new TlsTexts(
          Files.readString(files.certificate()), Files.readString(files.key()), authority);
    }

    /** Nothing of them: one is a key. */
    @Override
    public String toString() {
      return "TlsTexts";
    }
  }
}

package io.headwater.cli.river;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.AppenderBase;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.slf4j.LoggerFactory;

/** Everything that this process logs at INFO and above, of every library. */
final class CapturedLog extends AppenderBase<ILoggingEvent> implements AutoCloseable {
  private static final List<String> LOUD =
      List.of(Logger.ROOT_LOGGER_NAME, "org.apache.kafka", "io.confluent", "io.headwater");

  private final Queue<String> lines = new ConcurrentLinkedQueue<>();
  private final Map<Logger, Level> before = new HashMap<>();

  private CapturedLog() {}

  static CapturedLog begin() {
    CapturedLog captured = new CapturedLog();
    Logger root = logger(Logger.ROOT_LOGGER_NAME);
    captured.setContext(root.getLoggerContext());
    captured.start();
    for (String name : LOUD) {
      captured.before.put(logger(name), logger(name).getLevel());
      logger(name).setLevel(Level.INFO);
    }
    root.addAppender(captured);
    return captured;
  }

  private static Logger logger(String name) {
    return (Logger) LoggerFactory.getLogger(name);
  }

  @Override
  protected void append(ILoggingEvent event) {
    if (event.getLevel().isGreaterOrEqual(Level.INFO)) {
      String failure =
          event.getThrowableProxy() == null
              ? ""
              : "\n" + ThrowableProxyUtil.asString(event.getThrowableProxy());
      lines.add(
          "%s %s %s%s%s"
              .formatted(
                  event.getLevel(),
                  event.getLoggerName(),
                  event.getFormattedMessage(),
                  event.getKeyValuePairs() == null ? "" : event.getKeyValuePairs(),
                  failure));
    }
  }

  List<String> lines() {
    return List.copyOf(lines);
  }

  @Override
  public void close() {
    logger(Logger.ROOT_LOGGER_NAME).detachAppender(this);
    before.forEach(Logger::setLevel);
  }
}

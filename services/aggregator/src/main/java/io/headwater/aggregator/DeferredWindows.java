package io.headwater.aggregator;

import io.headwater.aggregator.query.WindowQuery;
import io.headwater.aggregator.query.WindowSource;
import io.headwater.aggregator.query.WindowsAnswer;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Stands in for the windows until the streams are made: these need to know the port that the HTTP
 * interface got, which must be there first. Thread-safe.
 */
final class DeferredWindows implements WindowSource {
  private final AtomicReference<@Nullable WindowSource> made = new AtomicReference<>();

  void made(WindowSource source) {
    made.set(source);
  }

  @Override
  public WindowsAnswer local(WindowQuery query) {
    WindowSource source = made.get();
    return source == null ? starting() : source.local(query);
  }

  @Override
  public WindowsAnswer everywhere(WindowQuery query) {
    WindowSource source = made.get();
    return source == null ? starting() : source.everywhere(query);
  }

  private static WindowsAnswer starting() {
    return WindowsAnswer.missing("this instance", "is starting");
  }
}

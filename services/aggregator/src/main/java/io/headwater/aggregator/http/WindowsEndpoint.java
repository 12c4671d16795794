package io.headwater.aggregator.http;

import io.headwater.aggregator.query.WindowQuery;
import io.headwater.aggregator.query.WindowSource;
import io.headwater.aggregator.query.WindowsAnswer;
import io.headwater.aggregator.window.WindowSize;
import io.javalin.http.Context;
import java.time.Clock;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;

/** {@code GET /api/windows}. */
final class WindowsEndpoint {
  private static final Set<String> PARAMETERS =
      Set.of("size", "source", "language", "from", "to", "local");

  /** Windows that are shown when no range is asked for. */
  private static final int USUAL_WINDOWS = 120;

  private final WindowSource windows;
  private final Clock clock;

  WindowsEndpoint(WindowSource windows, Clock clock) {
    this.windows = windows;
    this.clock = clock;
  }

  void answer(Context http) {
    QueryParameters parameters = QueryParameters.of(http, PARAMETERS);
    WindowQuery query = query(parameters);
    WindowsAnswer answer =
        parameters.flag("local") ? windows.local(query) : windows.everywhere(query);
    http.json(answer);
  }

  private WindowQuery query(QueryParameters parameters) {
    String label = parameters.text("size").orElse(WindowSize.MINUTE.label());
    WindowSize size =
        WindowSize.labelled(label)
            .orElseThrow(
                () -> new BadQueryException("size=%s: give one of %s".formatted(label, sizes())));
    // A producer's clock may be somewhat ahead of ours: its windows are shown too.
    long to = parameters.time("to").orElse(clock.millis() + size.millis());
    long from = parameters.time("from").orElse(Math.max(0, to - USUAL_WINDOWS * size.millis()));
    if (to < from) {
      throw new BadQueryException("from is after to");
    }
    return new WindowQuery(size, parameters.text("source"), parameters.text("language"), from, to);
  }

  private static String sizes() {
    return Arrays.stream(WindowSize.values())
        .map(WindowSize::label)
        .collect(Collectors.joining(", "));
  }
}

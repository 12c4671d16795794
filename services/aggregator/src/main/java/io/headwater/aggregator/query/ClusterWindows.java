package io.headwater.aggregator.query;

import io.headwater.aggregator.query.WindowCluster.NotServingException;
import io.headwater.aggregator.window.SeriesKey;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** Answers questions from this instance's stores and from those of all others. Thread-safe. */
public final class ClusterWindows implements WindowSource {
  private final WindowCluster cluster;
  private final QueryLimits limits;
  private final PeerClient peers;

  /**
   * Windows of an instance and of its peers.
   *
   * @param access how the peers let it in
   */
  public ClusterWindows(WindowCluster cluster, QueryLimits limits, PeerAccess access) {
    this.cluster = cluster;
    this.limits = limits;
    this.peers = new PeerClient(limits.timeout(), access);
  }

  @Override
  public WindowsAnswer local(WindowQuery query) {
    NewestWindows found = new NewestWindows(limits.windows());
    Optional<SeriesKey> series =
        query.source().flatMap(s -> query.language().map(l -> SeriesKey.of(s, l)));
    try {
      cluster.read(
          query.size(),
          series,
          query.from(),
          query.to(),
          window -> {
            if (query.matches(window.getSource(), window.getLanguage())) {
              found.add(WindowView.of(window));
            }
          });
    } catch (NotServingException e) {
      return WindowsAnswer.missing(cluster.self().toString(), String.valueOf(e.getMessage()));
    }
    return WindowsAnswer.of(found.sorted(), found.truncated());
  }

  @Override
  public WindowsAnswer everywhere(WindowQuery query) {
    List<CompletableFuture<WindowsAnswer>> asked = new ArrayList<>();
    for (URI peer : cluster.peers()) {
      asked.add(peers.ask(peer, query));
    }
    List<WindowsAnswer> answers = new ArrayList<>();
    answers.add(local(query));
    asked.forEach(answer -> answers.add(answer.join()));
    return merged(answers);
  }

  private WindowsAnswer merged(List<WindowsAnswer> answers) {
    NewestWindows windows = new NewestWindows(limits.windows());
    List<MissingInstance> missing = new ArrayList<>();
    boolean truncated = false;
    for (WindowsAnswer answer : answers) {
      windows.addAll(answer.windows());
      missing.addAll(answer.missing());
      truncated |= answer.truncated();
    }
    Set<Integer> unassigned = cluster.unassigned();
    if (!unassigned.isEmpty() && missing.isEmpty()) {
      missing.add(new MissingInstance("partitions " + unassigned, "no instance holds them yet"));
    }
    return new WindowsAnswer(
        missing.isEmpty(), missing, truncated || windows.truncated(), windows.sorted());
  }
}

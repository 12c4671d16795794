package io.headwater.aggregator.query;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;

/**
 * How an instance is let in by others, which have the same settings as itself.
 *
 * @param tokens tried in turn: while one replaces another, not all instances know both
 * @param tls what is shown and trusted; empty: as Java has it
 */
public record PeerAccess(List<String> tokens, Optional<SSLContext> tls) {
  /** Nothing is asked for. */
  public static final PeerAccess OPEN = new PeerAccess(List.of(), Optional.empty());

  public PeerAccess {
    tokens = List.copyOf(tokens);
    requireNonNull(tls, "tls");
  }

  @Override
  public String toString() {
    return "PeerAccess[%d tokens, tls=%s]".formatted(tokens.size(), tls.isPresent());
  }
}

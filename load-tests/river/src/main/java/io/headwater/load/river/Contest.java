package io.headwater.load.river;

import io.headwater.load.river.bound.BoundResult;
import io.headwater.load.river.peer.DeliveryMain;
import io.headwater.load.river.peer.PeerFolder;
import io.headwater.load.river.peer.PeerResult;
import io.headwater.load.river.peer.PeerRun;
import io.headwater.load.river.pipeline.River;
import io.headwater.load.river.pipeline.Saturation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What is measured beside a river whose services have ended: peers, delivery, replay. */
final class Contest {
  private static final String INPUT = "peers.messages";

  /** A peer may be so much faster than the model alone, in its fastest stretch. */
  private static final double MARGIN = 1.5;

  private static final int START_SECONDS = 15;

  private Contest() {}

  static List<Section> measure(
      Bench bench,
      Pace pace,
      River bed,
      TokenCounts tokens,
      BoundResult bound,
      Map<String, String> labels)
      throws Exception {
    List<Section> sections = new ArrayList<>();
    boolean peers = pace.parts().contains(Part.PEERS);
    boolean delivery = pace.parts().contains(Part.DELIVERY);
    if (peers || delivery) {
      double seconds =
          START_SECONDS + pace.peerWarmUp().toSeconds() + 2 * pace.peerWindow().toSeconds();
      long backlog = 1_000 + (long) (MARGIN * bound.messagesPerSecond() * seconds);
      bed.fill(INPUT, bench.traffic(), backlog);
      bench.say("%d messages wait for the peers", backlog);
      PeerRun run = run(bench, bed, tokens);
      if (peers) {
        sections.add(
            new PeersSection(
                all(
                    bench,
                    run,
                    new Saturation(pace.peerWarmUp(), pace.peerWindow()),
                    pace.isQuick() ? PeerFolder.QUICK : PeerFolder.ALL,
                    labels)));
      }
      if (delivery) {
        sections.add(
            new DeliverySection(
                all(
                    bench,
                    run,
                    new Saturation(pace.peerWarmUp(), pace.peerWindow()),
                    List.of(DeliveryMain.AT_LEAST_ONCE, DeliveryMain.EXACTLY_ONCE),
                    labels)));
      }
    }
    if (pace.parts().contains(Part.REPLAY)) {
      sections.add(ReplaySection.measure(bench, pace, bed, tokens, bound));
    }
    return sections;
  }

  private static PeerRun run(Bench bench, River bed, TokenCounts tokens) {
    return new PeerRun(
        new PeerFolder(bench.setup().peers()),
        bench.processes(),
        bed,
        new PeerRun.Place(
            INPUT, bench.model().folder(), bench.setup().threads(), bench.home().resolve("peers")),
        tokens::of);
  }

  private static List<PeerResult> all(
      Bench bench,
      PeerRun run,
      Saturation saturation,
      List<String> names,
      Map<String, String> labels)
      throws InterruptedException {
    List<PeerResult> results = new ArrayList<>();
    for (String name : names) {
      PeerResult result = run.run(name, saturation, labels);
      results.add(result);
      if (result.why().isEmpty()) {
        bench.say(
            "%s: %.1f messages/s, %.0f tokens/s",
            name, result.messagesPerSecond(), result.tokensPerSecond());
      } else {
        bench.say("%s was not measured: %s", name, result.why());
      }
    }
    return results;
  }
}

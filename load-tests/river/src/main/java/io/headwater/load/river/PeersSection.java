package io.headwater.load.river;

import static io.headwater.load.river.Numbers.one;
import static io.headwater.load.river.Numbers.two;

import io.headwater.load.river.peer.PeerFolder;
import io.headwater.load.river.peer.PeerResult;
import io.headwater.load.river.pipeline.Steady;
import io.headwater.load.river.report.BarPlot;
import io.headwater.load.river.report.Report;
import io.headwater.load.river.report.Row;
import io.headwater.load.river.report.TextTable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Headwater beside the peers.
 *
 * @param peers in the order in which they ran
 */
record PeersSection(List<PeerResult> peers) implements Section {
  private static final double SAME_LABELS = 0.99;
  private static final Set<String> NAMED = Set.of(PeerFolder.TEXTBOOK, PeerFolder.FIRST_COME);

  PeersSection {
    peers = List.copyOf(peers);
  }

  @Override
  public void write(Report report, Yardstick yardstick) {
    double river = yardstick.river().tokensPerSecond();
    report.row(
        ratio("throughput / Kafka Streams, a run a record", 1.5, river, PeerFolder.TEXTBOOK));
    report.row(ratio("throughput / first-come batches of 32", 4, river, PeerFolder.FIRST_COME));
    report.row(best(river));
    report.table(table(yardstick));
    Map<String, Double> bars = new LinkedHashMap<>();
    bars.put("the model alone", yardstick.boundTokensPerSecond());
    bars.put("Headwater", river);
    Map<String, Object> json = new LinkedHashMap<>();
    for (PeerResult peer : peers) {
      if (peer.steady() != null) {
        bars.put(peer.name(), peer.tokensPerSecond());
      }
      json.put(peer.name(), json(peer));
      if (peer.compared() > 0 && peer.agreement() < SAME_LABELS) {
        report.note(
            "%s gives other labels than the model alone for %s %% of %d messages."
                .formatted(peer.name(), one(100 * (1 - peer.agreement())), peer.compared()));
      }
    }
    report.plot("throughput.svg", BarPlot.svg("Tokens a second, saturated", bars));
    report.number("peers", json);
  }

  private Row ratio(String what, double goal, double river, String name) {
    for (PeerResult peer : peers) {
      if (peer.name().equals(name)) {
        return peer.steady() == null
            ? Row.skipped(what, goal, peer.why())
            : Row.atLeast(what, goal, river / peer.tokensPerSecond(), "tokens/s; same model file");
      }
    }
    return Row.skipped(what, goal, "not in this run");
  }

  private Row best(double river) {
    String what = "throughput / the best of the other peers";
    Optional<PeerResult> best =
        peers.stream()
            .filter(peer -> peer.steady() != null && !NAMED.contains(peer.name()))
            .max((one, other) -> Double.compare(one.tokensPerSecond(), other.tokensPerSecond()));
    return best.map(
            peer ->
                Row.atLeast(
                    what, 1.3, river / peer.tokensPerSecond(), "the best was " + peer.name()))
        .orElse(Row.skipped(what, 1.3, "none of them was measured"));
  }

  private TextTable table(Yardstick yardstick) {
    double river = yardstick.river().tokensPerSecond();
    Steady own = yardstick.river().steady();
    List<List<String>> rows = new ArrayList<>();
    rows.add(
        List.of(
            "Headwater",
            one(own.messagesPerSecond()),
            one(river),
            two(own.cpuSecondsPerThousand()),
            "-",
            "-",
            two(yardstick.river().othersShare()),
            ""));
    for (PeerResult peer : peers) {
      Steady steady = peer.steady();
      rows.add(
          steady == null
              ? List.of(peer.name(), "-", "-", "-", "-", "-", "-", peer.why())
              : List.of(
                  peer.name(),
                  one(steady.messagesPerSecond()),
                  one(peer.tokensPerSecond()),
                  two(steady.cpuSecondsPerThousand()),
                  two(river / peer.tokensPerSecond()),
                  "%s of %d".formatted(two(peer.agreement()), peer.compared()),
                  two(peer.othersShare()),
                  ""));
    }
    return new TextTable(
        "Peers: same messages, same broker, same model file",
        List.of(
            "",
            "messages/s",
            "tokens/s",
            "CPU s/1,000 messages",
            "Headwater is times as fast",
            "labels as the model alone",
            "others' share of the cores",
            "not measured because"),
        rows);
  }

  private static Map<String, Object> json(PeerResult peer) {
    Map<String, Object> json = new LinkedHashMap<>();
    Steady steady = peer.steady();
    if (steady == null) {
      json.put("notMeasured", peer.why());
      return json;
    }
    json.put("messagesPerSecond", steady.messagesPerSecond());
    json.put("tokensPerSecond", peer.tokensPerSecond());
    json.put("seconds", steady.seconds());
    json.put("cpuSeconds", steady.cost());
    json.put("cpuSecondsPerThousand", steady.cpuSecondsPerThousand());
    json.put("labelsCompared", peer.compared());
    json.put("labelsTheSame", peer.compared() == 0 ? 0 : peer.agreement());
    json.put("othersShare", peer.othersShare());
    return json;
  }
}

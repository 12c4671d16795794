package io.headwater.load.river;

import static io.headwater.load.river.Numbers.one;
import static io.headwater.load.river.Numbers.two;

import io.headwater.load.river.peer.PeerResult;
import io.headwater.load.river.pipeline.Steady;
import io.headwater.load.river.report.Report;
import io.headwater.load.river.report.Row;
import io.headwater.load.river.report.TextTable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The price of transactions, on a loop as the scorer's that can do without.
 *
 * @param loops at least once, then exactly once
 */
record DeliverySection(List<PeerResult> loops) implements Section {
  DeliverySection {
    loops = List.copyOf(loops);
  }

  @Override
  public void write(Report report, Yardstick yardstick) {
    String what = "exactly once / at least once, throughput";
    PeerResult loose = loops.get(0);
    PeerResult exact = loops.get(1);
    report.row(
        loose.steady() == null || exact.steady() == null
            ? Row.skipped(what, 0.9, loose.why() + exact.why())
            : Row.atLeast(
                what,
                0.9,
                exact.tokensPerSecond() / loose.tokensPerSecond(),
                "a loop as the scorer's with and without transactions, 512 messages each; the"
                    + " product has no such switch"));
    List<List<String>> rows = new ArrayList<>();
    Map<String, Object> json = new LinkedHashMap<>();
    for (PeerResult loop : loops) {
      Steady steady = loop.steady();
      if (steady != null) {
        rows.add(
            List.of(
                loop.name(),
                one(steady.messagesPerSecond()),
                one(loop.tokensPerSecond()),
                two(steady.cpuSecondsPerThousand()),
                two(loop.othersShare())));
        json.put(loop.name(), loop.tokensPerSecond());
      }
    }
    report.table(
        new TextTable(
            "The price of transactions",
            List.of(
                "", "messages/s", "tokens/s", "CPU s/1,000 messages", "others' share of the cores"),
            rows));
    report.number("delivery", json);
  }
}

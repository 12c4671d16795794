package io.headwater.load.river;

import static io.headwater.load.river.Numbers.one;
import static io.headwater.load.river.Numbers.two;

import io.headwater.load.river.bound.Bound;
import io.headwater.load.river.bound.BoundResult;
import io.headwater.load.river.report.Report;
import io.headwater.load.river.report.TextTable;
import io.headwater.models.ModelPackage;
import java.util.List;
import java.util.Map;

/**
 * Another model, alone, beside the one that serves: what a format or a size would give.
 *
 * @param other the package
 * @param alone what it did
 * @param agreement labels that are the same
 */
record BesideSection(ModelPackage other, BoundResult alone, double agreement) implements Section {
  static BesideSection measure(
      Bench bench, Pace pace, ModelPackage other, Map<String, String> labels) throws Exception {
    Bound bound = bench.bound(pace, other);
    BoundResult alone = bound.run();
    bench.say("%s alone: %s", other.id(), Numbers.of(alone));
    long same =
        bound.labels().entrySet().stream()
            .filter(each -> each.getValue().equals(labels.get(each.getKey())))
            .count();
    long compared = bound.labels().keySet().stream().filter(labels::containsKey).count();
    return new BesideSection(other, alone, compared == 0 ? Double.NaN : (double) same / compared);
  }

  @Override
  public void write(Report report, Yardstick yardstick) {
    double ratio = yardstick.boundTokensPerSecond() / alone.tokensPerSecond();
    double cpu = alone.cpuSecondsPerToken() / yardstick.boundPerToken();
    report.table(
        new TextTable(
            "The model that serves beside " + other.id() + ", each alone",
            List.of(
                "",
                "messages/s",
                "tokens/s",
                "CPU s/1,000 messages",
                "the serving one is times as fast",
                "by processor time",
                "same labels"),
            List.of(
                List.of(
                    other.id().toString(),
                    one(alone.messagesPerSecond()),
                    one(alone.tokensPerSecond()),
                    two(alone.cpuSecondsPerThousand()),
                    two(ratio),
                    two(cpu),
                    two(agreement)))));
    report.number("servingTimesAsFastAsBeside", ratio);
  }
}

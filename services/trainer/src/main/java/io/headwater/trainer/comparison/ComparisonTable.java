package io.headwater.trainer.comparison;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The table of a comparison, in Markdown. */
public final class ComparisonTable {
  private ComparisonTable() {}

  /** One line a form; sets and lengths are those of the first. */
  public static String of(List<ComparedForm> forms) {
    List<String> sets = List.copyOf(forms.get(0).tested().keySet());
    List<Integer> lengths = forms.get(0).costs().stream().map(InferenceCost::tokens).toList();
    StringBuilder table =
        new StringBuilder("| form | weights | passes | CPU s | trained tokens/s |");
    sets.forEach(set -> table.append(' ').append(set).append(" macro-recall |"));
    lengths.forEach(length -> table.append(" tokens/s at ").append(length).append(" |"));
    table.append(" memory at the longest |\n|");
    table.append(" --- |".repeat(6 + sets.size() + lengths.size())).append('\n');
    forms.forEach(form -> table.append(row(form, sets, lengths)).append('\n'));
    return table.toString();
  }

  private static String row(ComparedForm form, List<String> sets, List<Integer> lengths) {
    StringBuilder row =
        new StringBuilder(
            String.format(
                Locale.ROOT,
                "| %s | %,d | %.2f | %.0f | %,.0f |",
                form.name(),
                form.weights(),
                form.epochs(),
                form.cpuSeconds(),
                form.tokensPerSecond()));
    for (String set : sets) {
      row.append(
          form.tested().containsKey(set)
              ? String.format(Locale.ROOT, " %.3f |", form.tested().get(set).macroRecall())
              : " |");
    }
    for (int length : lengths) {
      row.append(
          form.costs().stream()
              .filter(cost -> cost.tokens() == length)
              .map(cost -> String.format(Locale.ROOT, " %,.0f |", cost.tokensPerSecond()))
              .collect(Collectors.joining()));
      if (form.costs().stream().noneMatch(cost -> cost.tokens() == length)) {
        row.append(" not run |");
      }
    }
    return row.append(memory(form)).append(" |").toString();
  }

  private static String memory(ComparedForm form) {
    InferenceCost last = form.costs().get(form.costs().size() - 1);
    return last.peakBytes().isPresent()
        ? String.format(
            Locale.ROOT, " %d MiB at %,d", last.peakBytes().getAsLong() >> 20, last.tokens())
        : " not told";
  }
}

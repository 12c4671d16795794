package io.headwater.runtime.config;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Which records of a topic belong to a service's work: all of them, or one stretch of each of some
 * partitions. Written {@code 0:100-2000,1:50-1800}; the end is exclusive.
 *
 * @param byPartition empty for everything; else partitions that are not in it have no records
 */
public record OffsetRanges(Map<Integer, Range> byPartition) {
  /** Every record. */
  public static final OffsetRanges EVERYTHING = new OffsetRanges(Map.of());

  private static final Pattern FORM = Pattern.compile("(\\d{1,9}):(\\d{1,18})-(\\d{1,18})");

  /**
   * A stretch of one partition.
   *
   * @param from first offset, inclusive
   * @param to the end, exclusive
   */
  public record Range(long from, long to) {
    public Range {
      if (from < 0 || to < from) {
        throw new IllegalArgumentException(
            "a range begins at 0 or later and ends where it begins or later, not %d-%d"
                .formatted(from, to));
      }
    }

    boolean contains(long offset) {
      return offset >= from && offset < to;
    }
  }

  public OffsetRanges {
    byPartition = Map.copyOf(byPartition);
  }

  /**
   * Reads the written form.
   *
   * @param text empty for everything
   * @throws IllegalArgumentException with the form that is wanted
   */
  public static OffsetRanges parse(String text) {
    Map<Integer, Range> ranges = new TreeMap<>();
    for (String part : text.isBlank() ? new String[0] : text.split(",", -1)) {
      Matcher form = FORM.matcher(part.strip());
      if (!form.matches()) {
        throw new IllegalArgumentException(
            "'%s' is not PARTITION:FROM-TO, as in 0:100-2000,1:50-1800".formatted(part.strip()));
      }
      Range range = new Range(Long.parseLong(form.group(2)), Long.parseLong(form.group(3)));
      if (ranges.put(Integer.parseInt(form.group(1)), range) != null) {
        throw new IllegalArgumentException("partition %s is there twice".formatted(form.group(1)));
      }
    }
    return new OffsetRanges(ranges);
  }

  public boolean isEverything() {
    return byPartition.isEmpty();
  }

  /** Whether the record there belongs to the work. */
  public boolean contains(int partition, long offset) {
    Range range = byPartition.get(partition);
    return isEverything() || (range != null && range.contains(offset));
  }

  /** Where the work on a partition ends, exclusive; empty where it goes on for ever. */
  public Optional<Long> end(int partition) {
    if (isEverything()) {
      return Optional.empty();
    }
    Range range = byPartition.get(partition);
    return Optional.of(range == null ? 0 : range.to());
  }

  /** The written form. */
  @Override
  public String toString() {
    return new TreeMap<>(byPartition)
        .entrySet().stream()
            .map(
                entry ->
                    "%d:%d-%d"
                        .formatted(entry.getKey(), entry.getValue().from(), entry.getValue().to()))
            .collect(Collectors.joining(","));
  }
}

package io.headwater.scorer.sentiment;

import io.headwater.scorer.batch.SegmentSlot;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The segments of a unit of work for one model, of which the model runs each only once: what was
 * run before is known, and the same segment again waits for the first one's row.
 */
final class SegmentsOnce {
  private final String model;
  private final KnownRows known;
  private final Map<Integer, SegmentedRecord> records = new HashMap<>();
  private final Map<KnownRows.Key, List<SegmentSlot>> alike = new HashMap<>();
  private final List<SegmentSlot> toRun = new ArrayList<>();
  private int segments;

  SegmentsOnce(LoadedModel model, KnownRows known) {
    this.model = model.provenance() + model.ref().toString();
    this.known = known;
  }

  void add(int index, SegmentedRecord record) {
    records.put(index, record);
    for (SegmentSlot slot : record.slots(index)) {
      segments++;
      if (known.keeps()) {
        addOnce(slot);
      } else {
        toRun.add(slot);
      }
    }
  }

  private void addOnce(SegmentSlot slot) {
    KnownRows.Key key = new KnownRows.Key(model, slot.ids());
    Optional<float[]> row = known.of(key);
    if (row.isPresent()) {
      recordOf(slot).put(slot.segment(), row.get());
      return;
    }
    List<SegmentSlot> slots = alike.computeIfAbsent(key, unused -> new ArrayList<>(1));
    if (slots.isEmpty()) {
      toRun.add(slot);
    }
    slots.add(slot);
  }

  /** Those that the model must run. */
  List<SegmentSlot> toRun() {
    return toRun;
  }

  /** How many need no run. */
  int spared() {
    return segments - toRun.size();
  }

  /** The model gave a row for one that was to run. */
  void put(SegmentSlot slot, float[] row) {
    for (SegmentSlot same : withSameIds(slot)) {
      recordOf(same).put(same.segment(), row);
    }
    // What was refused may have been the machine's fault: it is tried again.
    if (recordOf(slot).failure() == null) {
      known.put(new KnownRows.Key(model, slot.ids()), row);
    }
  }

  /** The model failed on one that was to run. */
  void fail(SegmentSlot slot, String reason) {
    for (SegmentSlot same : withSameIds(slot)) {
      recordOf(same).fail("The model failed on segment %d: %s".formatted(same.segment(), reason));
    }
  }

  Map<Integer, SegmentedRecord> records() {
    return records;
  }

  private List<SegmentSlot> withSameIds(SegmentSlot slot) {
    return alike.getOrDefault(new KnownRows.Key(model, slot.ids()), List.of(slot));
  }

  private SegmentedRecord recordOf(SegmentSlot slot) {
    SegmentedRecord record = records.get(slot.record());
    if (record == null) {
      throw new IllegalStateException("A segment without its record");
    }
    return record;
  }
}

package io.headwater.aggregator.explain;

import io.headwater.aggregator.feed.FeedShow;
import io.headwater.avro.ExplainedSegment;
import io.headwater.avro.Explanation;
import io.headwater.avro.Origin;
import io.headwater.schemas.RecordDecoder;
import java.nio.ByteBuffer;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The latest explanations of the whole river, as many as fit. Thread-safe: one reader adds, HTTP
 * threads ask.
 */
public final class ExplanationShelf {
  /** What one explanation takes besides its numbers: the objects, and their places here. */
  private static final long OVERHEAD = 1_024;

  /** Read back at the start; whatever of these does not fit goes again. */
  private static final int BACK = 100;

  private final long mostBytes;
  private final Map<Origin, Explanation> shelf = new LinkedHashMap<>();
  private long bytes;

  /**
   * An empty shelf.
   *
   * @param mostBytes about how much memory it takes
   */
  public ExplanationShelf(long mostBytes) {
    this.mostBytes = mostBytes;
  }

  /** The topic of explanations, put onto this shelf. */
  public FeedShow<Explanation> show(RecordDecoder<Explanation> decoder) {
    return new FeedShow<>(decoder, BACK, (explanation, record, isNew) -> add(explanation));
  }

  /**
   * Adds an explanation, and takes the oldest away where it needs their room.
   *
   * @return false when it alone is larger than the shelf
   */
  public synchronized boolean add(Explanation explanation) {
    long size = size(explanation);
    if (size > mostBytes) {
      return false;
    }
    remove(shelf.remove(explanation.getOrigin()));
    shelf.put(explanation.getOrigin(), explanation);
    bytes += size;
    Iterator<Explanation> oldest = shelf.values().iterator();
    while (bytes > mostBytes) {
      bytes -= size(oldest.next());
      oldest.remove();
    }
    return true;
  }

  /** The explanation of the message at an origin, if it is still here. */
  public synchronized Optional<Explanation> of(Origin origin) {
    return Optional.ofNullable(shelf.get(origin));
  }

  private void remove(@Nullable Explanation gone) {
    if (gone != null) {
      bytes -= size(gone);
    }
  }

  private static long size(Explanation explanation) {
    long size = OVERHEAD;
    for (ExplainedSegment segment : explanation.getSegments()) {
      ByteBuffer attention = segment.getAttention();
      size +=
          OVERHEAD
              + 3L * segment.getRollout().remaining()
              + 2L * segment.getStartOffsets().remaining()
              + (attention == null ? 0 : attention.remaining());
    }
    return size;
  }
}

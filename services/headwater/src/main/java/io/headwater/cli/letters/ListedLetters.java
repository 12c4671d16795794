package io.headwater.cli.letters;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.headwater.cli.ingest.output.PlainJson;
import io.headwater.cli.letters.ReplayMarks.Mark;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;

/** The newest letters of those shown, in memory that does not grow with their number. */
final class ListedLetters implements LetterVisitor {
  private final ReplayMarks marks;
  private final int limit;
  private final PriorityQueue<LetterRow> newest = new PriorityQueue<>(LetterRow.ORDER);
  private final List<String> complaints = new ArrayList<>();
  private final LetterCounts counts = new LetterCounts();

  ListedLetters(ReplayMarks marks, int limit) {
    this.marks = marks;
    this.limit = limit;
  }

  @Override
  public boolean letter(StoredLetter letter) {
    LetterStatus status = LetterStatus.of(letter, marks);
    counts.add(letter, status);
    newest.add(LetterRow.of(letter, status));
    if (newest.size() > limit) {
      newest.remove();
    }
    return true;
  }

  @Override
  public void unreadable(LetterAddress address, String why) {
    counts.addUnreadable();
    if (complaints.size() < ReplayReport.MOST_LINES) {
      complaints.add("%s is not a dead letter: %s".formatted(address, why));
    }
  }

  /** The newest, the oldest of them first. */
  List<LetterRow> rows() {
    return newest.stream().sorted(LetterRow.ORDER).toList();
  }

  /** What could not be read, the first of it. */
  List<String> complaints() {
    return List.copyOf(complaints);
  }

  /** Of all letters shown, also those not among the newest. */
  LetterCounts counts() {
    return counts;
  }

  /** A letter as JSON, without the record's bytes. */
  static ObjectNode json(StoredLetter stored, ReplayMarks marks) {
    var letter = stored.letter();
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("address", stored.address().toString());
    json.put("time", letter.getTimestamp().toString());
    json.put("stage", letter.getStage());
    json.put("cause", letter.getCause());
    json.put("detail", letter.getDetail());
    json.put("topic", letter.getTopic());
    json.put("partition", letter.getPartition());
    json.put("offset", letter.getOffset());
    json.put("rounds", letter.getRounds());
    json.put("status", LetterStatus.of(stored, marks).words());
    json.set("key", PlainJson.base64(stored.key()));
    if (letter.getValue() == null) {
      json.putNull("valueBytes");
    } else {
      json.put("valueBytes", letter.getValue().remaining());
    }
    json.put("kept", stored.keepsRecord());
    Optional<Mark> mark = marks.of(stored);
    json.put("replayedAt", mark.map(known -> known.replayedAt().toString()).orElse(null));
    return json;
  }
}

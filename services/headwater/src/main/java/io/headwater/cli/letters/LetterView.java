package io.headwater.cli.letters;

import io.headwater.cli.ingest.TopicNames;
import io.headwater.cli.ingest.output.PlainJson;
import io.headwater.cli.ingest.output.TerminalText;
import io.headwater.cli.letters.OriginalRecords.Search;
import io.headwater.schemas.DeadLetterCause;
import io.headwater.schemas.Decoded;
import io.headwater.schemas.Decoded.Healthy;
import io.headwater.schemas.Decoded.Undecodable;
import io.headwater.schemas.HeadwaterTopics;
import io.headwater.schemas.SchemaRegistry;
import io.headwater.schemas.Topic;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/** Everything about one letter, for people. */
final class LetterView {
  private static final int MOST_DUMPED = 512;
  private static final int MOST_SHORT_BYTES = 256;

  private final HeadwaterTopics topics;
  private final SchemaRegistry registry;

  LetterView(HeadwaterTopics topics, SchemaRegistry registry) {
    this.topics = topics;
    this.registry = registry;
  }

  /** The lines, harmless for a terminal. */
  List<String> lines(StoredLetter stored, Search search, ReplayMarks marks) {
    var letter = stored.letter();
    List<String> lines = new ArrayList<>();
    lines.add(row("letter", stored.address().toString()));
    lines.add(row("stage", letter.getStage()));
    lines.add(row("cause", letter.getCause() + sentence(letter.getCause())));
    lines.add(row("detail", letter.getDetail()));
    lines.add(row("origin", stored.origin()));
    lines.add(row("time", letter.getTimestamp().toString()));
    lines.add(row("rounds", Integer.toString(letter.getRounds())));
    lines.add(row("status", status(stored, marks)));
    if (search instanceof Search.Found found) {
      record(found.record(), stored.keepsRecord(), lines);
    } else if (search instanceof Search.Gone gone) {
      lines.add(row("key", bytes(stored.key())));
      lines.add(row("value", "lost: " + gone.why()));
    }
    return lines;
  }

  private void record(OriginalRecord record, boolean isKept, List<String> lines) {
    lines.add(row("key", bytes(record.key())));
    if (record.headers().isEmpty()) {
      lines.add(row("headers", "none"));
    }
    String name = "headers";
    for (Header header : record.headers()) {
      lines.add(row(name, header.key() + " = " + bytes(header.value())));
      name = "";
    }
    value(record.topic(), record.value(), isKept ? "" : "read from its origin, ", lines);
  }

  private void value(String topic, byte @Nullable [] value, String source, List<String> lines) {
    if (value == null) {
      lines.add(row("value", source + "null"));
      return;
    }
    String size = source + LetterRow.size(value.length);
    Optional<Topic<?>> known = TopicNames.find(topics, topic);
    if (known.isPresent()) {
      String type = known.get().valueType().getSimpleName();
      Decoded<? extends SpecificRecord> decoded = registry.decoder(known.get()).decode(value);
      if (decoded instanceof Healthy<? extends SpecificRecord> healthy) {
        lines.add(row("value", "%s, as %s:".formatted(size, type)));
        PlainJson.lines(PlainJson.of(healthy.value())).lines().forEach(lines::add);
        return;
      }
      size += ", cannot be read as %s: %s".formatted(type, ((Undecodable<?>) decoded).detail());
    }
    lines.add(row("value", size));
    lines.addAll(HexDump.lines(value, MOST_DUMPED));
    if (value.length > MOST_DUMPED) {
      lines.add("... %d more bytes; --raw writes all".formatted(value.length - MOST_DUMPED));
    }
  }

  private static String row(String name, String text) {
    return "%-8s %s".formatted(name, TerminalText.harmless(text));
  }

  private static String sentence(String cause) {
    return Arrays.stream(DeadLetterCause.values())
        .filter(known -> known.name().equals(cause))
        .map(known -> ": " + known.sentence())
        .findFirst()
        .orElse("");
  }

  private static String status(StoredLetter stored, ReplayMarks marks) {
    String words = LetterStatus.of(stored, marks).words();
    return marks
        .of(stored)
        .map(
            mark ->
                "%s at %s to %s-%d, round %d"
                    .formatted(
                        words, mark.replayedAt(), mark.topic(), mark.partition(), mark.rounds()))
        .orElse(words);
  }

  /** Text where it is text, else hexadecimal digits. */
  private static String bytes(byte @Nullable [] bytes) {
    if (bytes == null) {
      return "null";
    }
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      if (text.codePoints().noneMatch(Character::isISOControl)) {
        return '"' + text + '"';
      }
    } catch (CharacterCodingException e) {
      // Not text: shown as what it is.
    }
    int shown = Math.min(bytes.length, MOST_SHORT_BYTES);
    return "0x%s%s (%d bytes)"
        .formatted(
            HexFormat.of().formatHex(bytes, 0, shown),
            shown < bytes.length ? "…" : "",
            bytes.length);
  }
}

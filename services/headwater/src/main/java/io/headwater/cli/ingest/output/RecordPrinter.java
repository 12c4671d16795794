package io.headwater.cli.ingest.output;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.headwater.schemas.Decoded;
import io.headwater.schemas.Decoded.Healthy;
import io.headwater.schemas.Decoded.Undecodable;
import java.io.PrintWriter;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Prints records, one line each. One thread. */
public final class RecordPrinter {
  private final PrintWriter out;
  private final boolean json;

  /**
   * A printer.
   *
   * @param json whether each line is a JSON object
   */
  public RecordPrinter(PrintWriter out, boolean json) {
    this.out = requireNonNull(out, "out");
    this.json = json;
  }

  /**
   * Prints one record.
   *
   * @return false when nobody reads any more: a closed pipe
   */
  public boolean print(
      ConsumerRecord<byte[], byte[]> record, Decoded<? extends SpecificRecord> decoded) {
    out.println(line(record, decoded));
    return isRead();
  }

  /** Whether somebody reads what is printed: false once the pipe is closed. */
  public boolean isRead() {
    // The writer does not hear of it where it writes to System.out, which keeps errors to itself.
    return !out.checkError() && !System.out.checkError();
  }

  private String line(
      ConsumerRecord<byte[], byte[]> record, Decoded<? extends SpecificRecord> decoded) {
    if (decoded instanceof Healthy<? extends SpecificRecord> healthy) {
      return json ? PlainJson.line(PlainJson.of(healthy.value())) : RecordLines.of(healthy.value());
    }
    Undecodable<?> bad = (Undecodable<?>) decoded;
    return json ? PlainJson.line(undecodable(record, bad)) : sentence(record, bad);
  }

  private static String sentence(ConsumerRecord<byte[], byte[]> record, Undecodable<?> bad) {
    return "?? %s-%d@%d cannot be read: %s"
        .formatted(
            record.topic(),
            record.partition(),
            record.offset(),
            TerminalText.harmless(bad.detail()));
  }

  private static ObjectNode undecodable(ConsumerRecord<byte[], byte[]> record, Undecodable<?> bad) {
    ObjectNode details = JsonNodeFactory.instance.objectNode();
    details.put("topic", record.topic());
    details.put("partition", record.partition());
    details.put("offset", record.offset());
    details.put("cause", bad.cause().name());
    details.put("detail", bad.detail());
    details.set("key", PlainJson.base64(record.key()));
    details.set("value", PlainJson.base64(record.value()));
    ObjectNode line = JsonNodeFactory.instance.objectNode();
    line.set("undecodable", details);
    return line;
  }
}

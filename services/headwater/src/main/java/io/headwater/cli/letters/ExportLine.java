package io.headwater.cli.letters;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.headwater.cli.ingest.output.PlainJson;
import io.headwater.cli.letters.OriginalRecords.Search;
import org.apache.kafka.common.header.Header;

/** A letter as a line of an export, from which its record can be made again. */
final class ExportLine {
  private ExportLine() {}

  static String of(StoredLetter stored, Search search) {
    var letter = stored.letter();
    ObjectNode line = JsonNodeFactory.instance.objectNode();
    line.put("address", stored.address().toString());
    line.put("stage", letter.getStage());
    line.put("cause", letter.getCause());
    line.put("detail", letter.getDetail());
    line.put("rounds", letter.getRounds());
    line.put("topic", letter.getTopic());
    line.put("partition", letter.getPartition());
    line.put("offset", letter.getOffset());
    line.put("timestamp", letter.getTimestamp().toEpochMilli());
    line.put("complete", search instanceof Search.Found);
    ArrayNode headers = JsonNodeFactory.instance.arrayNode();
    if (search instanceof Search.Found found) {
      line.set("key", PlainJson.base64(found.record().key()));
      line.set("value", PlainJson.base64(found.record().value()));
      for (Header header : found.record().headers()) {
        ObjectNode json = headers.addObject();
        json.put("key", header.key());
        json.set("value", PlainJson.base64(header.value()));
      }
    } else {
      line.set("key", PlainJson.base64(stored.key()));
      line.putNull("value");
    }
    line.set("headers", headers);
    return PlainJson.line(line);
  }
}

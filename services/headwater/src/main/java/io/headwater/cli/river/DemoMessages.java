package io.headwater.cli.river;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.headwater.avro.Message;
import io.headwater.gateway.ingest.IngestLimits;
import io.headwater.gateway.ingest.MessageDefaults;
import io.headwater.gateway.ingest.MessageParser;
import io.headwater.gateway.ingest.Parsed;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

/** The messages that come with the program, written for it. */
public final class DemoMessages {
  private DemoMessages() {}

  /** All of them, in the order of the file. */
  public static List<Message> bundled() {
    MessageParser parser =
        new MessageParser(
            IngestLimits.ofText(IngestLimits.DEFAULT_MAX_TEXT_BYTES),
            MessageDefaults.NONE,
            Clock.systemUTC(),
            () -> "");
    ObjectMapper json = new ObjectMapper();
    List<Message> messages = new ArrayList<>();
    try (InputStream file = DemoMessages.class.getResourceAsStream("/demo/messages.jsonl")) {
      if (file == null) {
        throw new IllegalStateException("The bundled messages are not on the class path");
      }
      BufferedReader lines =
          new BufferedReader(new InputStreamReader(file, StandardCharsets.UTF_8));
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        Parsed parsed = parser.parse(messages.size(), json.readTree(line));
        if (parsed instanceof Parsed.Accepted accepted) {
          messages.add(accepted.message());
        } else {
          throw new IllegalStateException(
              "Bundled message %d: %s".formatted(messages.size() + 1, parsed));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("The bundled messages cannot be read", e);
    }
    return messages;
  }
}

package io.headwater.gateway.http;

import io.headwater.gateway.ingest.BodyFormat;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Which request bodies are understood. */
final class MediaTypes {
  private MediaTypes() {}

  /** The format that a request's headers name; empty when it is not one of ours. */
  static Optional<BodyFormat> formatOf(
      @Nullable String contentType, @Nullable String contentEncoding) {
    if (contentType == null || (contentEncoding != null && !isIdentity(contentEncoding))) {
      return Optional.empty();
    }
    String[] parts = contentType.toLowerCase(Locale.ROOT).split(";");
    for (int i = 1; i < parts.length; i++) {
      String parameter = parts[i].strip().replace("\"", "");
      if (parameter.startsWith("charset=") && !parameter.equals("charset=utf-8")) {
        return Optional.empty();
      }
    }
    return switch (parts[0].strip()) {
      case "application/json" -> Optional.of(BodyFormat.JSON);
      case "application/x-ndjson", "application/jsonl" -> Optional.of(BodyFormat.JSON_LINES);
      default -> Optional.empty();
    };
  }

  private static boolean isIdentity(String contentEncoding) {
    return contentEncoding.strip().equalsIgnoreCase("identity");
  }
}

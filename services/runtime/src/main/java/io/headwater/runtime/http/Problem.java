package io.headwater.runtime.http;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.javalin.http.Context;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/**
 * Why a request was refused, as RFC 9457 has it.
 *
 * @param status of HTTP
 * @param kind a fixed word for programs, also the tag of the metric: {@code invalid-message}
 * @param detail a sentence for people
 * @param members further members of the answer
 * @param retryAfterSeconds when to try again; empty: the same request will be refused again
 */
public record Problem(
    int status,
    String kind,
    String detail,
    Map<String, List<Map<String, Object>>> members,
    OptionalInt retryAfterSeconds) {
  public static final String CONTENT_TYPE = "application/problem+json";
  private static final int UNAUTHORIZED = 401;
  private static final String TYPE_PREFIX = "urn:headwater:problem:";
  private static final ObjectMapper MAPPER = new ObjectMapper();

  public Problem {
    requireNonNull(kind, "kind");
    requireNonNull(detail, "detail");
    members = Collections.unmodifiableMap(new LinkedHashMap<>(members));
    requireNonNull(retryAfterSeconds, "retryAfterSeconds");
  }

  /** A problem with nothing more to say than its sentence. */
  public static Problem of(int status, String kind, String detail) {
    return new Problem(status, kind, detail, Map.of(), OptionalInt.empty());
  }

  /** The same, with the time after which it is worth trying again. */
  public Problem retryAfter(int seconds) {
    return new Problem(status, kind, detail, members, OptionalInt.of(seconds));
  }

  /** The same, with one more member. */
  public Problem with(String name, List<Map<String, Object>> items) {
    Map<String, List<Map<String, Object>>> more = new LinkedHashMap<>(members);
    more.put(name, items);
    return new Problem(status, kind, detail, more, retryAfterSeconds);
  }

  /** Writes the answer. */
  public void answer(Context http) {
    if (status == UNAUTHORIZED) {
      http.header("WWW-Authenticate", "Bearer realm=\"headwater\"");
    }
    retryAfterSeconds.ifPresent(seconds -> http.header("Retry-After", Integer.toString(seconds)));
    http.status(status).result(json()).contentType(CONTENT_TYPE);
  }

  private String json() {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("type", TYPE_PREFIX + kind);
    body.put("title", title());
    body.put("status", status);
    body.put("detail", detail);
    body.putAll(members);
    try {
      return MAPPER.writeValueAsString(body);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Strings and numbers are always JSON", e);
    }
  }

  private String title() {
    String words = kind.replace('-', ' ');
    return Character.toUpperCase(words.charAt(0)) + words.substring(1);
  }
}

package io.headwater.runtime.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.config.types.Password;

/** Checked settings. Each service makes its own config record from them, once. */
public final class Settings {
  private final Map<String, Object> parsed;
  private final Map<String, String> free;

  Settings(Map<String, Object> parsed, Map<String, String> free) {
    this.parsed = Map.copyOf(withoutNulls(parsed));
    this.free = Map.copyOf(free);
  }

  public String string(String key) {
    return get(key, String.class);
  }

  /** A string that may be left empty. */
  public Optional<String> text(String key) {
    return Optional.ofNullable((String) parsed.get(key)).filter(value -> !value.isBlank());
  }

  /** A secret that may be left empty. */
  public Optional<String> secret(String key) {
    return Optional.ofNullable((Password) parsed.get(key))
        .map(Password::value)
        .filter(value -> !value.isBlank());
  }

  public int integer(String key) {
    return get(key, Integer.class);
  }

  public double number(String key) {
    return get(key, Double.class);
  }

  public boolean flag(String key) {
    return get(key, Boolean.class);
  }

  /** A duration; the key's name ends in {@code .ms} and its value is in milliseconds. */
  public Duration millis(String key) {
    return Duration.ofMillis(get(key, Long.class));
  }

  public Path path(String key) {
    return Path.of(string(key));
  }

  public List<String> list(String key) {
    List<?> items = get(key, List.class);
    return items.stream().map(Object::toString).toList();
  }

  /** The pass-through settings under {@code prefix}, without it. */
  public Map<String, Object> under(String prefix) {
    Map<String, Object> found = new HashMap<>();
    free.forEach(
        (key, value) -> {
          if (key.startsWith(prefix)) {
            found.put(key.substring(prefix.length()), value);
          }
        });
    return Map.copyOf(found);
  }

  private <T> T get(String key, Class<T> type) {
    Object value = parsed.get(key);
    if (value == null) {
      throw new IllegalArgumentException("No setting " + key);
    }
    return type.cast(value);
  }

  private static Map<String, Object> withoutNulls(Map<String, Object> values) {
    Map<String, Object> present = new HashMap<>(values);
    present.values().removeIf(value -> value == null);
    return present;
  }
}

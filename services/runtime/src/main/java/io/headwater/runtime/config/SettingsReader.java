package io.headwater.runtime.config;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigValue;

/**
 * Reads settings from, in rising order of precedence: the defaults of their definition, a
 * properties file, the environment, flags. A key that no definition knows is a fault; all faults
 * are reported together.
 *
 * <p>The environment variable of a key is {@code HEADWATER_} and the key in capitals with {@code _}
 * for {@code .} and {@code -}. Keys that begin with one of the pass-through prefixes are handed to
 * the clients as they are. The value of any key {@code K} may be in a file that {@code K.file}
 * names.
 */
public final class SettingsReader {
  /** Begins the name of each environment variable that holds a setting. */
  public static final String ENVIRONMENT_PREFIX = "HEADWATER_";

  /** Settings under these belong to Kafka's and the registry's clients. */
  public static final List<String> PASS_THROUGH =
      List.of("kafka.", "consumer.", "producer.", "streams.", "registry.");

  /** Variables of the start script: not settings. */
  private static final Set<String> NOT_SETTINGS =
      Set.of("HEADWATER_HOME", "HEADWATER_OPTS", "HEADWATER_CONFIG");

  private final ConfigDef definition;
  private final Map<String, String> values = new HashMap<>();
  private final Map<String, String> sources = new HashMap<>();
  private final Map<String, String> files = new TreeMap<>();
  private final List<String> faults = new ArrayList<>();

  private SettingsReader(ConfigDef definition) {
    this.definition = requireNonNull(definition, "definition");
  }

  /**
   * Reads and checks all settings.
   *
   * @param definition every key of every service: one file may serve them all
   * @param file a properties file in UTF-8
   * @param environment the process's environment
   * @param flags keys and values from the command line
   * @throws InvalidSettingsException with all faults
   */
  public static Settings read(
      ConfigDef definition,
      Optional<Path> file,
      Map<String, String> environment,
      Map<String, String> flags) {
    SettingsReader reader = new SettingsReader(definition);
    file.ifPresent(reader::addFile);
    reader.addEnvironment(environment);
    flags.forEach((key, value) -> reader.add(key, value, "flag"));
    return reader.check();
  }

  private void addFile(Path file) {
    Properties properties = new Properties();
    try (Reader text = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
      properties.load(text);
    } catch (NoSuchFileException e) {
      faults.add("the configuration file %s does not exist".formatted(file));
      return;
    } catch (CharacterCodingException e) {
      faults.add("the configuration file %s is not UTF-8".formatted(file));
      return;
    } catch (IOException | IllegalArgumentException e) {
      faults.add("the configuration file %s cannot be read: %s".formatted(file, e));
      return;
    }
    new TreeMap<>(properties)
        .forEach((key, value) -> add(key.toString(), value.toString(), file.toString()));
  }

  private void addEnvironment(Map<String, String> environment) {
    Map<String, String> keys = new HashMap<>();
    definition
        .names()
        .forEach(
            key -> {
              keys.put(variable(key), key);
              keys.putIfAbsent(variable(key + SecretFile.SUFFIX), key + SecretFile.SUFFIX);
            });
    new TreeMap<>(environment)
        .forEach(
            (name, value) -> {
              if (!name.startsWith(ENVIRONMENT_PREFIX) || NOT_SETTINGS.contains(name)) {
                return;
              }
              String key = keys.getOrDefault(name, passedThrough(name));
              if (isKnown(key) || fileOf(key).isPresent()) {
                put(key, value, "environment variable " + name);
              } else {
                faults.add(
                    "the environment variable %s names no setting%s"
                        .formatted(name, hint(name, keys.keySet())));
              }
            });
  }

  private void add(String key, String value, String source) {
    if (isKnown(key) || fileOf(key).isPresent()) {
      put(key, value, source);
    } else {
      faults.add(unknown(key, source));
    }
  }

  private void put(String key, String value, String source) {
    if (fileOf(key).isPresent()) {
      files.put(key, value.strip());
    } else {
      values.put(key, value.strip());
    }
    sources.put(key, source);
  }

  /** The known key whose value is in a file that {@code key} names; empty for any other key. */
  private Optional<String> fileOf(String key) {
    return definition.names().contains(key)
        ? Optional.empty()
        : SecretFile.keyOf(key).filter(this::isKnown);
  }

  private boolean isKnown(String key) {
    return definition.names().contains(key) || PASS_THROUGH.stream().anyMatch(key::startsWith);
  }

  private String unknown(String key, String source) {
    return "%s: unknown key, from %s%s".formatted(key, source, hint(key, definition.names()));
  }

  private static String hint(String name, Set<String> known) {
    return known.stream()
        .filter(candidate -> EditDistance.between(candidate, name) <= 3)
        .min(
            Comparator.<String>comparingInt(candidate -> EditDistance.between(candidate, name))
                .thenComparing(Comparator.naturalOrder()))
        .map(" (did you mean %s?)"::formatted)
        .orElse("");
  }

  private void readFiles() {
    files.forEach(
        (fileKey, file) -> {
          String key = fileOf(fileKey).orElseThrow();
          if (values.containsKey(key)) {
            faults.add(
                "%s and %s are both set (from %s, and from %s): leave one out"
                    .formatted(key, fileKey, sources.get(key), sources.get(fileKey)));
            return;
          }
          try {
            values.put(key, SecretFile.read(file));
            sources.put(key, "the file " + file);
          } catch (SecretFile.UnusableException e) {
            faults.add("%s: %s (from %s)".formatted(fileKey, e.getMessage(), sources.get(fileKey)));
          }
        });
  }

  private Settings check() {
    readFiles();
    for (ConfigValue value : definition.validate(values)) {
      if (!value.errorMessages().isEmpty()) {
        faults.add(
            "%s: %s (from %s)"
                .formatted(
                    value.name(),
                    explained(value),
                    sources.getOrDefault(value.name(), "nowhere: it has no default")));
      }
    }
    if (!faults.isEmpty()) {
      throw new InvalidSettingsException(faults);
    }
    Map<String, String> free = new TreeMap<>(values);
    free.keySet().removeAll(definition.names());
    return new Settings(definition.parse(values), free);
  }

  private String explained(ConfigValue value) {
    String message = value.errorMessages().get(0);
    if (files.containsKey(value.name() + SecretFile.SUFFIX)) {
      // What a file holds may be a secret, also where it was meant for another key.
      return "what the file holds is no value for this key";
    }
    return message.replaceFirst("^Invalid value (.*) for configuration [^:]+: ", "$1: ");
  }

  /** The environment variable of a key. */
  public static String variable(String key) {
    return ENVIRONMENT_PREFIX + key.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
  }

  private static String passedThrough(String variable) {
    return variable
        .substring(ENVIRONMENT_PREFIX.length())
        .toLowerCase(Locale.ROOT)
        .replace('_', '.');
  }
}

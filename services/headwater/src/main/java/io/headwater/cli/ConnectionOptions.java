package io.headwater.cli;

import io.headwater.runtime.config.CommonSettings;
import io.headwater.runtime.config.KafkaConnection;
import io.headwater.runtime.config.Settings;
import io.headwater.runtime.config.SettingsReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/**
 * The options of every command that needs settings. Precedence: flags, then the environment, then
 * the configuration file, then the defaults.
 */
public final class ConnectionOptions {
  /** Read when no file is named and it is there. */
  static final Path DEFAULT_FILE = Path.of("headwater.properties");

  /** Environment variable that names the configuration file. */
  static final String CONFIG_VARIABLE = "HEADWATER_CONFIG";

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description =
          "Settings, as key=value lines. Default: $$HEADWATER_CONFIG, else headwater.properties in"
              + " the working directory, if it is there.")
  private @Nullable Path config;

  @Option(
      names = "--bootstrap-servers",
      paramLabel = "HOST:PORT[,...]",
      description = "Kafka brokers to start from (the setting bootstrap.servers).")
  private @Nullable String bootstrapServers;

  @Option(
      names = "--schema-registry-url",
      paramLabel = "URL",
      description = "Schema registry with Confluent's REST API (the setting schema.registry.url).")
  private @Nullable String schemaRegistryUrl;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description =
          "Any setting; may be repeated. Wins over the environment (HEADWATER_KEY_NAME) and the"
              + " file.")
  private Map<String, String> settings = new LinkedHashMap<>();

  /**
   * Reads all settings.
   *
   * @throws io.headwater.runtime.config.InvalidSettingsException with every fault
   */
  public Settings settings() {
    return settings(System.getenv());
  }

  /**
   * Reads all settings, some of which the command gives itself unless a flag does.
   *
   * @param own keys and values, above the environment and below the flags
   */
  public Settings settingsWith(Map<String, String> own) {
    return settings(System.getenv(), own);
  }

  /**
   * Reads all settings, some of which are not the user's to choose.
   *
   * @param own keys and values, above the environment and below the flags
   * @param fixed keys and values above everything
   */
  public Settings settingsWith(Map<String, String> own, Map<String, String> fixed) {
    return settings(System.getenv(), own, fixed);
  }

  /** Whether the command line names a setting. */
  public boolean names(String key) {
    return settings.containsKey(key);
  }

  Settings settings(Map<String, String> environment) {
    return settings(environment, Map.of());
  }

  private Settings settings(Map<String, String> environment, Map<String, String> own) {
    return settings(environment, own, Map.of());
  }

  private Settings settings(
      Map<String, String> environment, Map<String, String> own, Map<String, String> fixed) {
    Map<String, String> flags = new LinkedHashMap<>(own);
    flags.putAll(settings);
    if (bootstrapServers != null) {
      flags.put(CommonSettings.BOOTSTRAP_SERVERS, bootstrapServers);
    }
    if (schemaRegistryUrl != null) {
      flags.put(CommonSettings.SCHEMA_REGISTRY_URL, schemaRegistryUrl);
    }
    flags.putAll(fixed);
    return SettingsReader.read(AllSettings.definition(), file(environment), environment, flags);
  }

  /** The settings' part on Kafka and the registry. */
  public KafkaConnection kafka() {
    return KafkaConnection.from(settings());
  }

  private Optional<Path> file(Map<String, String> environment) {
    if (config != null) {
      return Optional.of(config);
    }
    String named = environment.get(CONFIG_VARIABLE);
    if (named != null && !named.isBlank()) {
      return Optional.of(Path.of(named));
    }
    return Optional.of(DEFAULT_FILE).filter(Files::isRegularFile);
  }
}

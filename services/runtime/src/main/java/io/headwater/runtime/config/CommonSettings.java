package io.headwater.runtime.config;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.Optional;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.NonEmptyString;
import org.apache.kafka.common.config.ConfigDef.Type;
import org.apache.kafka.common.config.ConfigException;

/** The settings that all services have. */
public final class CommonSettings {
  public static final String BOOTSTRAP_SERVERS = "bootstrap.servers";
  public static final String SCHEMA_REGISTRY_URL = "schema.registry.url";
  public static final String TOPICS_PREFIX = "topics.prefix";
  public static final String MESSAGES_TOPIC = "messages.topic";
  public static final String MESSAGES_RANGE = "messages.range";
  public static final String INSTANCE_ID = "instance.id";
  public static final String STATE_DIRECTORY = "state.directory";
  public static final String MODELS_DIRECTORY = "models.directory";
  public static final String MODELS_TRUSTED_KEYS = "models.trusted.keys";
  public static final String MODELS_FOLLOW = "models.follow";

  private CommonSettings() {}

  /** Where the program was unpacked, with its models and its registry: the start script tells. */
  public static Optional<Path> home() {
    return Optional.ofNullable(System.getProperty("headwater.home")).map(Path::of);
  }

  /** The instance's id: as configured, else made from host name and process id. */
  public static String instanceId(Settings settings) {
    return settings.text(INSTANCE_ID).orElseGet(CommonSettings::hostAndProcess);
  }

  /** Which records of the messages' topic are the work. */
  public static OffsetRanges messagesRange(Settings settings) {
    return OffsetRanges.parse(settings.text(MESSAGES_RANGE).orElse(""));
  }

  private static void checkRange(String key, String value) {
    try {
      var unused = OffsetRanges.parse(value);
    } catch (IllegalArgumentException e) {
      throw new ConfigException(key, value, e.getMessage());
    }
  }

  private static String hostAndProcess() {
    String host;
    try {
      host = InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      // A machine without a resolvable name still has process ids.
      host = "localhost";
    }
    return host + "-" + ProcessHandle.current().pid();
  }

  /** Adds the common keys to a definition. */
  public static ConfigDef define(ConfigDef definition) {
    return defineModels(defineMessages(definition))
        .define(
            BOOTSTRAP_SERVERS,
            Type.STRING,
            "localhost:9092",
            new NonEmptyString(),
            Importance.HIGH,
            "Kafka brokers to start from, host:port separated by commas.")
        .define(
            SCHEMA_REGISTRY_URL,
            Type.STRING,
            "http://localhost:8085/apis/ccompat/v7",
            new NonEmptyString(),
            Importance.HIGH,
            "Schema registry with Confluent's REST API.")
        .define(
            TOPICS_PREFIX,
            Type.STRING,
            "",
            Importance.MEDIUM,
            "Put before the name of every topic and consumer group, so that two rivers can share a"
                + " cluster.")
        .define(
            INSTANCE_ID,
            Type.STRING,
            "",
            Importance.MEDIUM,
            "Tells instances of one service apart: each needs its own, best the same one after a"
                + " restart, since it names the instance's transactions. Empty: host name and"
                + " process id.")
        .define(
            STATE_DIRECTORY,
            Type.STRING,
            ".headwater/state",
            new NonEmptyString(),
            Importance.MEDIUM,
            "Folder for state stores. Can be lost: it is rebuilt from Kafka.");
  }

  private static ConfigDef defineModels(ConfigDef definition) {
    return definition
        .define(
            MODELS_DIRECTORY,
            Type.STRING,
            home().map(home -> home.resolve("models").toString()).orElse("models"),
            new NonEmptyString(),
            Importance.HIGH,
            "Folder of model packages, as ID/VERSION/model.json.")
        .define(
            MODELS_TRUSTED_KEYS,
            Type.LIST,
            "",
            Importance.MEDIUM,
            "Files with public Ed25519 keys in PEM, or folders with files *.pem. Where it is set, a"
                + " package without a valid signature by one of them is refused. Empty: packages need"
                + " no signature.")
        .define(
            MODELS_FOLLOW,
            Type.BOOLEAN,
            true,
            Importance.LOW,
            "Whether what `headwater models assign` has assigned goes before the settings that name"
                + " models. A replay sets it to false.");
  }

  private static ConfigDef defineMessages(ConfigDef definition) {
    return definition
        .define(
            MESSAGES_TOPIC,
            Type.STRING,
            "",
            Importance.LOW,
            "Topic of the messages, by its whole name. Empty: the river's own. A replay sets it.")
        .define(
            MESSAGES_RANGE,
            Type.STRING,
            "",
            ConfigDef.LambdaValidator.with(
                (key, value) -> checkRange(key, (String) value), () -> "PARTITION:FROM-TO,..."),
            Importance.LOW,
            "Offsets of the messages' topic that tokenizer and aggregator take, as"
                + " PARTITION:FROM-TO,... with the end exclusive. Empty: all. A replay sets it.");
  }
}

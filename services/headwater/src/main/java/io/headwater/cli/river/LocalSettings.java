package io.headwater.cli.river;

import static org.apache.kafka.common.config.ConfigDef.Importance.LOW;
import static org.apache.kafka.common.config.ConfigDef.Importance.MEDIUM;
import static org.apache.kafka.common.config.ConfigDef.Range.atLeast;
import static org.apache.kafka.common.config.ConfigDef.Range.between;

import io.headwater.infra.local.LocalInfraConfig;
import io.headwater.runtime.config.CommonSettings;
import io.headwater.runtime.config.Settings;
import io.headwater.runtime.lifecycle.StartException;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Type;

/** The settings of a river on one machine ({@code demo}, {@code up}). */
public final class LocalSettings {
  static final String PARTITIONS = "local.partitions";
  static final String DATA_DIRECTORY = "local.data.directory";
  private static final int ANY = 65_535;

  /** The settings of all ports that `demo` and `up` take. */
  public static final List<String> PORTS =
      List.of(
          "kafka.port",
          "kafka.controller.port",
          "registry.port",
          "tokenizer.admin.port",
          "scorer.admin.port",
          "aggregator.admin.port",
          "gateway.admin.port",
          "aggregator.http.port",
          "gateway.http.port");

  private LocalSettings() {}

  /** Adds the keys to a definition. */
  public static ConfigDef define(ConfigDef definition) {
    return definition
        .define(
            DATA_DIRECTORY,
            Type.STRING,
            ".headwater/data",
            MEDIUM,
            "Where the local broker and registry of `up` keep their data.")
        .define(
            PARTITIONS,
            Type.INT,
            4,
            atLeast(1),
            MEDIUM,
            "Partitions of each topic when `demo`, `up` or `topics create` makes them.")
        .define("kafka.port", Type.INT, 9092, between(0, ANY), LOW, "Port of the local broker.")
        .define(
            "kafka.controller.port",
            Type.INT,
            9093,
            between(0, ANY),
            LOW,
            "Port of the local broker's controller.")
        .define(
            "registry.port", Type.INT, 8085, between(0, ANY), LOW, "Port of the local registry.")
        .define(
            "registry.runner.jar",
            Type.STRING,
            "",
            LOW,
            "The local registry's program, Apicurio's runner jar. Empty: the one that is shipped.");
  }

  /** How the local broker and registry run. */
  public static LocalInfraConfig infra(Settings settings, Path dataDirectory) {
    return new LocalInfraConfig(
        dataDirectory,
        settings.integer("kafka.port"),
        settings.integer("kafka.controller.port"),
        settings.integer("registry.port"),
        settings
            .text("registry.runner.jar")
            .map(Path::of)
            .orElseGet(LocalSettings::shippedRegistry),
        Duration.ofMinutes(2));
  }

  private static Path shippedRegistry() {
    Path folder = CommonSettings.home().orElse(Path.of(".")).resolve("registry");
    try (DirectoryStream<Path> jars = Files.newDirectoryStream(folder, "*-runner.jar")) {
      for (Path jar : jars) {
        return jar;
      }
    } catch (IOException e) {
      throw new StartException(
          "there is no registry in " + folder + ": set registry.runner.jar", e);
    }
    throw new StartException("there is no registry in " + folder + ": set registry.runner.jar");
  }
}

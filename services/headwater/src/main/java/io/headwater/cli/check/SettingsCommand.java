package io.headwater.cli.check;

import io.headwater.cli.AllSettings;
import io.headwater.runtime.config.SettingsReader;
import java.io.PrintWriter;
import java.util.Comparator;
import org.apache.kafka.common.config.ConfigDef.ConfigKey;
import org.apache.kafka.common.config.types.Password;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code headwater settings}: every setting, with its default and what it is for. */
@Command(
    name = "settings",
    mixinStandardHelpOptions = true,
    description = {
      "List every setting. Where a value comes from, the first that has one: --set and other flags,",
      "the environment (HEADWATER_KEY_NAME), the file (--config), the default.",
      "Keys under kafka., consumer., producer., streams. and registry. go to those clients as they are."
    })
public final class SettingsCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Option(names = "--markdown", description = "Print a table for docs/configuration.md.")
  private boolean markdown;

  @Override
  public void run() {
    PrintWriter out = spec.commandLine().getOut();
    if (markdown) {
      out.println("| key | default | environment variable | what it is |");
      out.println("| --- | --- | --- | --- |");
    }
    AllSettings.definition().configKeys().values().stream()
        .sorted(Comparator.comparing((ConfigKey key) -> key.name))
        .forEach(key -> print(out, key));
    out.flush();
  }

  private void print(PrintWriter out, ConfigKey key) {
    Object value = key.defaultValue instanceof Password secret ? secret.value() : key.defaultValue;
    String fallback = String.valueOf(value).replaceAll("^\\[|\\]$", "");
    if (markdown) {
      out.println(
          "| `%s` | %s | `%s` | %s |"
              .formatted(
                  key.name,
                  fallback.isEmpty() ? "" : "`" + fallback + "`",
                  SettingsReader.variable(key.name),
                  key.documentation));
    } else {
      out.println("%s (default: %s)".formatted(key.name, fallback.isEmpty() ? "empty" : fallback));
      out.println("    " + key.documentation);
    }
  }
}

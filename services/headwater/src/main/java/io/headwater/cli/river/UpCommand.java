package io.headwater.cli.river;

import io.headwater.cli.ConnectionOptions;
import io.headwater.cli.ExitCodes;
import io.headwater.runtime.config.Settings;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code headwater up}: a river that stays, on this machine. */
@Command(
    name = "up",
    mixinStandardHelpOptions = true,
    description = {
      "Run broker, registry and all services on this machine until Ctrl-C.",
      "Data stay in local.data.directory (.headwater/data) and are there again at the next up."
    })
public final class UpCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private ConnectionOptions connection;

  @Override
  public Integer call() {
    // State belongs to the data: a folder that is thrown away takes both along.
    Path data = connection.settings().path(LocalSettings.DATA_DIRECTORY);
    Settings settings =
        connection.settingsWith(Map.of("state.directory", data.resolve("state").toString()));
    PrintWriter out = spec.commandLine().getOut();
    try (Shutdown shutdown = Shutdown.watch();
        LocalRiver river = LocalRiver.start(settings, data, step -> say(out, step))) {
      say(out, "dashboard    " + Addresses.dashboard(settings));
      say(out, "send to      POST " + Addresses.gateway(settings) + "/messages");
      say(out, "or           ./headwater send FILE; watch: ./headwater tail insights");
      while (!shutdown.awaitSignal(500)) {
        List<String> failures = river.failures();
        if (!failures.isEmpty()) {
          failures.forEach(spec.commandLine().getErr()::println);
          return ExitCodes.CANNOT_RUN;
        }
      }
      say(out, "stopping");
      return ExitCodes.OK;
    }
  }

  private static void say(PrintWriter out, String line) {
    out.println(line);
    out.flush();
  }
}

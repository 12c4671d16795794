package io.headwater.cli.check;

import io.headwater.cli.ConnectionOptions;
import io.headwater.cli.ExitCodes;
import io.headwater.runtime.config.KafkaConnection;
import io.headwater.runtime.config.Settings;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code headwater doctor}: looks at everything a river needs and says what to do. */
@Command(
    name = "doctor",
    mixinStandardHelpOptions = true,
    description = {
      "Check Java, memory, ports, models, GPU, broker, registry, topics and schemas.",
      "A line that begins with BAD says what to do; the exit code is then 1. A broker that does not",
      "answer is only noted: `demo` and `up` bring their own."
    })
public final class DoctorCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private ConnectionOptions connection;

  @Override
  public Integer call() {
    Settings settings = connection.settings();
    List<Finding> findings = new ArrayList<>();
    MachineChecks.run(settings, findings);
    ModelChecks.run(settings, findings);
    RiverChecks.run(KafkaConnection.from(settings), findings);
    PrintWriter out = spec.commandLine().getOut();
    findings.forEach(finding -> out.println(finding.line()));
    out.flush();
    boolean bad = findings.stream().anyMatch(f -> f.state() == Finding.State.BAD);
    return bad ? ExitCodes.SOME_FAILED : ExitCodes.OK;
  }
}

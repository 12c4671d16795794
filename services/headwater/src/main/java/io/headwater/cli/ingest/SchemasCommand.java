package io.headwater.cli.ingest;

import io.headwater.cli.ConnectionOptions;
import io.headwater.cli.ExitCodes;
import io.headwater.runtime.config.KafkaConnection;
import io.headwater.schemas.Topic;
import java.io.PrintWriter;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code headwater schemas}: the shapes of what flows. */
@Command(
    name = "schemas",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "(register | list)",
    description =
        "Register or list the schemas of the river. Services never register one themselves.")
public final class SchemasCommand {
  @Spec private CommandSpec self;

  @Command(
      name = "register",
      mixinStandardHelpOptions = true,
      description = {
        "Register the schema of every topic, each to be BACKWARD_TRANSITIVE compatible.",
        "What is registered already stays as it is."
      })
  int register(@Mixin ConnectionOptions connection, @Mixin Patience patience) {
    KafkaConnection kafka = connection.kafka();
    return patience.until(() -> register(kafka));
  }

  private int register(KafkaConnection kafka) {
    try (RiverAccess river = RiverAccess.open(kafka)) {
      river.ask(
          () -> {
            river.registry().register(river.topics().all());
            return true;
          });
      return print(river);
    }
  }

  @Command(
      name = "list",
      mixinStandardHelpOptions = true,
      description = "List every topic's subject and the id of its schema in the registry.")
  int list(@Mixin ConnectionOptions connection) {
    try (RiverAccess river = RiverAccess.open(connection.kafka())) {
      return print(river);
    }
  }

  private int print(RiverAccess river) {
    PrintWriter out = self.commandLine().getOut();
    boolean complete = true;
    for (Topic<?> topic : river.topics().all()) {
      Optional<Integer> id = river.ask(() -> river.registry().idOf(topic));
      complete &= id.isPresent();
      out.println(
          "%-32s %s"
              .formatted(topic.subject(), id.map(known -> "id " + known).orElse("not registered")));
    }
    if (!complete) {
      self.commandLine().getErr().println("headwater: run `headwater schemas register`");
    }
    return complete ? ExitCodes.OK : ExitCodes.SOME_FAILED;
  }
}

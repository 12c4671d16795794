package io.headwater.cli.access;

import io.headwater.cli.ConnectionOptions;
import io.headwater.cli.ExitCodes;
import io.headwater.runtime.config.KafkaConnection;
import io.headwater.schemas.Grant;
import io.headwater.schemas.HeadwaterTopics;
import io.headwater.schemas.RiverAcls;
import io.headwater.schemas.RiverRole;
import java.io.PrintWriter;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code headwater acls}: the least rights of each role, to be given by who may give them. */
@Command(
    name = "acls",
    mixinStandardHelpOptions = true,
    description = {
      "Print the least rights in Kafka that services and commands need, ready to be given.",
      "Nothing is asked or changed: run what is printed, with an administrator's credentials.",
      "Topics and groups are those of the settings topics.prefix and messages.topic."
    },
    footer = {
      "",
      "Examples:",
      "  headwater acls",
      "  headwater acls scorer --principal User:CN=scorer",
      "  headwater acls --format strimzi --cluster river | kubectl apply -f -"
    })
public final class AclsCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private ConnectionOptions connection;

  @Parameters(
      arity = "0..*",
      paramLabel = "ROLE",
      description = "Some of: ${COMPLETION-CANDIDATES}. Default: all.")
  private List<RiverRole> roles = List.of();

  @Option(
      names = "--principal",
      paramLabel = "PRINCIPAL",
      description = "Who gets the rights of the one role. Default: User:headwater-ROLE.")
  private Optional<String> principal = Optional.empty();

  /** What is printed. */
  enum Format {
    KAFKA_ACLS,
    STRIMZI
  }

  @Option(
      names = "--format",
      defaultValue = "kafka_acls",
      paramLabel = "FORMAT",
      description =
          "kafka_acls (lines for Kafka's own tool) or strimzi (KafkaUser manifests). Default:"
              + " ${DEFAULT-VALUE}.")
  private Format format;

  @Option(
      names = "--cluster",
      paramLabel = "NAME",
      defaultValue = "headwater",
      description = "Name of Strimzi's Kafka resource. Default: ${DEFAULT-VALUE}.")
  private String cluster;

  @Override
  public Integer call() {
    List<RiverRole> wanted = roles.isEmpty() ? List.of(RiverRole.values()) : roles;
    if (principal.isPresent() && wanted.size() > 1) {
      throw new ParameterException(
          spec.commandLine(), "--principal is for one role: name it, as in headwater acls scorer");
    }
    KafkaConnection kafka = connection.kafka();
    RiverAcls acls = RiverAcls.of(kafka.topics(HeadwaterTopics::of));
    PrintWriter out = spec.commandLine().getOut();
    for (RiverRole role : wanted) {
      String who = principal.orElse("User:headwater-" + role.label());
      List<Grant> grants = acls.grants(role);
      out.println(
          switch (format) {
            case KAFKA_ACLS -> KafkaAclsLines.of(role, who, grants, kafka.bootstrapServers());
            case STRIMZI -> KafkaUserManifest.of(role, who, grants, cluster);
          });
    }
    out.flush();
    return ExitCodes.OK;
  }
}

package io.headwater.cli.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.headwater.cli.Main;
import io.headwater.schemas.RiverRole;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class AclsCommandTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void printsLinesForKafkasOwnTool() {
    assertThat(run("acls", "models", "--principal", "User:ann", "--set", "topics.prefix=a."))
        .isZero();

    assertThat(out.toString().lines())
        .contains(
            "kafka-acls.sh --bootstrap-server localhost:9092 --command-config admin.properties --add"
                + " --allow-principal User:ann --operation Read --operation Write --topic a.models",
            "kafka-acls.sh --bootstrap-server localhost:9092 --command-config admin.properties --add"
                + " --allow-principal User:ann --operation Write --transactional-id"
                + " a.headwater-models");
  }

  @Test
  void whatKafkaSharesByPrefixIsSaidToBe() {
    assertThat(run("acls", "aggregator")).isZero();

    assertThat(out.toString())
        .contains("--topic headwater-aggregator- --resource-pattern-type prefixed");
  }

  @Test
  void printsManifestsForStrimzi() {
    assertThat(run("acls", "gateway", "--format", "strimzi", "--cluster", "river")).isZero();

    assertThat(out)
        .hasToString(
            """
            ---
            # the gateway
            apiVersion: kafka.strimzi.io/v1
            kind: KafkaUser
            metadata:
              name: headwater-gateway
              labels:
                strimzi.io/cluster: river
            spec:
              authentication:
                type: scram-sha-512
              authorization:
                type: simple
                acls:
                  - resource:
                      type: topic
                      name: messages
                      patternType: literal
                    operations: [Write]
            """);
  }

  @Test
  void withoutARoleAllOfThemArePrinted() {
    assertThat(run("acls")).isZero();

    for (RiverRole role : RiverRole.values()) {
      assertThat(out.toString()).contains("# " + role.label() + ": ");
    }
  }

  @Test
  void onePrincipalForAllRolesIsRefused() {
    assertThat(run("acls", "--principal", "User:ann")).isEqualTo(2);

    assertThat(err.toString()).contains("--principal is for one role");
  }

  private int run(String... arguments) {
    CommandLine commands = Main.commandLine();
    commands.setOut(new PrintWriter(out, true));
    commands.setErr(new PrintWriter(err, true));
    return commands.execute(arguments);
  }
}

package io.headwater.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourceType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RiverAclsTest {
  private static final HeadwaterTopics TOPICS = new HeadwaterTopics("staging.");
  private static final RiverAcls ACLS = RiverAcls.of(TOPICS);

  @ParameterizedTest
  @EnumSource(RiverRole.class)
  void nobodyMayDoEverythingNorTouchWhatIsNotTheRivers(RiverRole role) {
    Set<String> names = TOPICS.all().stream().map(Topic::name).collect(Collectors.toSet());

    assertThat(ACLS.grants(role))
        .isNotEmpty()
        .allSatisfy(
            grant -> {
              assertThat(grant.operations())
                  .isNotEmpty()
                  .doesNotContain(
                      AclOperation.ALL, AclOperation.ALTER, AclOperation.CLUSTER_ACTION);
              if (grant.resource().resourceType() == ResourceType.TOPIC
                  && grant.resource().patternType() == PatternType.LITERAL) {
                assertThat(names).contains(grant.resource().name());
              } else if (grant.resource().resourceType() != ResourceType.CLUSTER) {
                assertThat(grant.resource().name()).startsWith("staging.");
              }
            });
  }

  @ParameterizedTest
  @EnumSource(RiverRole.class)
  void everyThingIsListedOnce(RiverRole role) {
    assertThat(ACLS.grants(role).stream().map(Grant::resource)).doesNotHaveDuplicates();
  }

  @Test
  void whoTakesMessagesInMayDoNothingElse() {
    assertThat(ACLS.grants(RiverRole.GATEWAY))
        .containsExactly(Grant.topic("staging.messages", AclOperation.WRITE));
  }

  @Test
  void theScorerSeesNoMessages() {
    assertThat(ACLS.grants(RiverRole.SCORER))
        .noneMatch(grant -> grant.resource().name().equals("staging.messages"));
  }

  @Test
  void eachOperationBecomesABindingOfThePrincipal() {
    assertThat(ACLS.bindings(RiverRole.MODELS, "User:ann"))
        .hasSize(4)
        .allMatch(binding -> binding.entry().principal().equals("User:ann"));
    assertThat(List.copyOf(ACLS.bindings(RiverRole.GATEWAY, "User:door"))).hasSize(1);
  }
}

package io.headwater.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.headwater.avro.Message;
import org.junit.jupiter.api.Test;

class HeadwaterTopicsTest {
  @Test
  void withoutAPrefixTheNamesAreThoseOfTheDesign() {
    assertThat(new HeadwaterTopics("").all())
        .extracting(Topic::name)
        .containsExactly(
            "messages",
            "tokens.sentiment",
            "tokens.translation",
            "scores.sentiment",
            "scores.translation",
            "explanations",
            "insights",
            "sentiment.windows",
            "dead-letters",
            "tokens.sentiment.shadow",
            "scores.sentiment.shadow",
            "dead-letters.replayed",
            "models",
            "models.status",
            "replays");
  }

  @Test
  void aPrefixIsPutBeforeEveryNameAndEverySubject() {
    assertThat(new HeadwaterTopics("staging.").all())
        .hasSize(15)
        .allSatisfy(
            topic -> {
              assertThat(topic.name()).startsWith("staging.");
              assertThat(topic.subject()).isEqualTo(topic.name() + "-value");
            });
  }

  @Test
  void twoRiversShareNoTopic() {
    assertThat(new HeadwaterTopics("a.").all())
        .doesNotContainAnyElementsOf(new HeadwaterTopics("b.").all());
  }

  @Test
  void messagesMayBeReadFromAnotherTopicAndNothingElseChanges() {
    HeadwaterTopics own = HeadwaterTopics.of("replay.a.", "");
    HeadwaterTopics other = HeadwaterTopics.of("replay.a.", "archive");

    assertThat(own).isEqualTo(new HeadwaterTopics("replay.a."));
    assertThat(other.messages().name()).isEqualTo("archive");
    assertThat(other.results()).isEqualTo(own.results()).hasSize(8);
    assertThat(other.all()).containsAll(other.results()).containsAll(other.compacted()).hasSize(15);
  }

  @Test
  void everyKnownTaskHasATopicOfTokens() {
    HeadwaterTopics topics = new HeadwaterTopics("");

    assertThat(HeadwaterTopics.TASKS)
        .allSatisfy(task -> assertThat(topics.all()).contains(topics.tokens(task)));
  }

  @Test
  void aTopicNeedsAName() {
    assertThatIllegalArgumentException().isThrownBy(() -> new Topic<>(" ", Message.class));
  }
}

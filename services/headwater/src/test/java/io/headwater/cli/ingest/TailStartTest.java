package io.headwater.cli.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headwater.schemas.HeadwaterTopics;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TailStartTest {
  @Test
  void readsEveryForm() {
    assertThat(TailStart.parse("beginning")).isEqualTo(new TailStart.Beginning());
    assertThat(TailStart.parse("end")).isEqualTo(new TailStart.End());
    assertThat(TailStart.parse("20-back")).isEqualTo(new TailStart.Back(20));
    assertThat(TailStart.parse("-20")).isEqualTo(new TailStart.Back(20));
    assertThat(TailStart.parse("3@1042")).isEqualTo(new TailStart.At(3, 1_042));
    assertThat(TailStart.parse("2026-01-31T13:00:00+01:00"))
        .isEqualTo(new TailStart.Since(Instant.parse("2026-01-31T12:00:00Z")));
    assertThat(TailStart.parse("1700000000000"))
        .isEqualTo(new TailStart.Since(Instant.ofEpochMilli(1_700_000_000_000L)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "start", "0-back", "999999-back", "2026-01-31", "-1-back", "@5", "3@", "-1@5"})
  void saysWhatItMayBe(String value) {
    assertThatThrownBy(() -> TailStart.parse(value))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("none of: beginning, end, N-back");
  }

  @Test
  void findsTopicsByTheirShortNames() {
    HeadwaterTopics topics = new HeadwaterTopics("eu.");

    assertThat(TopicNames.find(topics, "insights")).contains(topics.insights());
    assertThat(TopicNames.find(topics, "eu.insights")).contains(topics.insights());
    assertThat(TopicNames.find(topics, "windows")).contains(topics.sentimentWindows());
    assertThat(TopicNames.find(topics, "nothing")).isEmpty();
  }
}

package io.headwater.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HeadwaterHeadersTest {
  private final RecordHeaders headers = new RecordHeaders();

  @Test
  void aNumberTakesThePlaceOfAnEarlierOne() {
    HeadwaterHeaders.put(headers, HeadwaterHeaders.TOKENS_OFFSET, 7);
    HeadwaterHeaders.put(headers, HeadwaterHeaders.TOKENS_OFFSET, 1_764_349_200_000L);

    assertThat(headers).hasSize(1);
    assertThat(HeadwaterHeaders.number(headers, HeadwaterHeaders.TOKENS_OFFSET))
        .isEqualTo(1_764_349_200_000L);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "-1", "12x", "1 2", "9999999999999999999", "+5"})
  void whatIsNoNumberIsNone(String text) {
    headers.add(HeadwaterHeaders.JOINED_AT, text.getBytes(StandardCharsets.UTF_8));

    assertThat(HeadwaterHeaders.number(headers, HeadwaterHeaders.JOINED_AT)).isEqualTo(-1);
  }

  @Test
  void anAbsentHeaderAndOneWithoutAValueAreNone() {
    headers.add(HeadwaterHeaders.SCORED_AT, null);

    assertThat(HeadwaterHeaders.number(headers, HeadwaterHeaders.SCORED_AT)).isEqualTo(-1);
    assertThat(HeadwaterHeaders.number(headers, HeadwaterHeaders.JOINED_AT)).isEqualTo(-1);
  }
}

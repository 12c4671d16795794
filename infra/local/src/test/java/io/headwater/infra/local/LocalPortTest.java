package io.headwater.infra.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;

class LocalPortTest {

  @Test
  void namesTheTakenPortAndTheSettingToChangeInOneLine() throws IOException {
    // given
    try (ServerSocket holder = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      int taken = holder.getLocalPort();

      // when, then
      assertThatThrownBy(() -> LocalPort.claim("registry.port", taken))
          .isInstanceOf(LocalInfraException.class)
          .hasMessageContaining("Port " + taken + " is already in use")
          .hasMessageContaining("registry.port")
          .hasMessageNotContaining("\n");
    }
  }

  @Test
  void seesAPortThatIsTakenOnAllAddresses() throws IOException {
    // given
    try (ServerSocket holder = new ServerSocket(0)) {
      // when
      boolean free = LocalPort.isFree(holder.getLocalPort());

      // then
      assertThat(free).isFalse();
    }
  }

  @Test
  void givesAnotherFreePortEachTimeWhenAnyWillDo() {
    // when
    LocalPort first = LocalPort.claim("kafka.port", 0);
    LocalPort second = LocalPort.claim("kafka.port", 0);

    // then
    assertThat(first.number()).isPositive().isNotEqualTo(second.number());
    assertThat(LocalPort.isFree(first.number())).isTrue();
  }
}

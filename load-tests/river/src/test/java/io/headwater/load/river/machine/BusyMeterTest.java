package io.headwater.load.river.machine;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BusyMeterTest {
  @Test
  void idleAndWaitingIsNotBusy() {
    String line = "cpu  100 20 30 9999 8888 5 6 7 0 0";

    assertThat(BusyMeter.busySeconds(line)).isEqualTo(1.68);
  }

  @Test
  void whatIsKnownIsNotOthers() {
    BusyMeter meter = new BusyMeter();

    assertThat(meter.othersShare(1e9)).isZero();
  }
}

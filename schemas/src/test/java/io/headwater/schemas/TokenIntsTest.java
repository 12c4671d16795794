package io.headwater.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.ByteBuffer;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class TokenIntsTest {
  @Property(tries = 300)
  void unpackingGivesWhatWasPacked(@ForAll int[] values) {
    assertThat(TokenInts.unpack(TokenInts.pack(values))).isEqualTo(values);
  }

  @Property(tries = 200)
  void unpackingLeavesTheBufferAsItWas(
      @ForAll int[] values, @ForAll @IntRange(max = 9) int before) {
    ByteBuffer inside = ByteBuffer.allocate(before + values.length * 4);
    inside.position(before).mark();
    inside.put(TokenInts.pack(values)).reset();

    assertThat(TokenInts.unpack(inside)).isEqualTo(values);

    assertThat(inside.position()).isEqualTo(before);
    assertThat(inside.remaining()).isEqualTo(values.length * 4);
  }

  @Example
  void theBytesAreLittleEndian() {
    assertThat(TokenInts.pack(new int[] {1, -2}).array())
        .containsExactly(1, 0, 0, 0, 0xFE, 0xFF, 0xFF, 0xFF);
  }

  @Property(tries = 50)
  void bytesThatAreNoWholeNumberOfIntsAreRefused(@ForAll @Size(max = 40) byte[] bytes) {
    ByteBuffer odd = ByteBuffer.wrap(bytes.length % 4 == 0 ? new byte[bytes.length + 3] : bytes);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> TokenInts.unpack(odd))
        .withMessageContaining("%d bytes", odd.remaining());
  }
}

package io.headwater.cli.replay.result;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.NotEmpty;
import org.junit.jupiter.api.Test;

class MultisetHashTest {
  @Property
  void theOrderOfTheRecordsDoesNotMatter(@ForAll List<byte[]> records, @ForAll long seed) {
    List<byte[]> shuffled = new ArrayList<>(records);
    Collections.shuffle(shuffled, new Random(seed));

    assertThat(hash(shuffled)).isEqualTo(hash(records));
  }

  @Property
  void aRecordCountsAsOftenAsItIsThere(@ForAll @NotEmpty List<byte[]> records) {
    List<byte[]> more = new ArrayList<>(records);
    more.add(records.get(0));

    assertThat(hash(more)).isNotEqualTo(hash(records));
  }

  @Property
  void anotherRecordGivesAnotherChecksum(@ForAll @NotEmpty List<byte[]> records) {
    List<byte[]> changed = new ArrayList<>(records);
    byte[] longer = Arrays.copyOf(changed.get(0), changed.get(0).length + 1);
    changed.set(0, longer);

    assertThat(hash(changed)).isNotEqualTo(hash(records)).hasSize(64);
  }

  @Test
  void theSumWrapsAround() {
    MultisetHash hash = new MultisetHash();
    byte[] most = new byte[32];
    Arrays.fill(most, (byte) -1);
    byte[] two = new byte[32];
    two[31] = 2;

    hash.add(most);
    assertThat(hash.hex()).isEqualTo("f".repeat(64));
    hash.add(two);

    assertThat(hash.hex()).isEqualTo("0".repeat(63) + "1");
  }

  @Test
  void nothingIsZero() {
    assertThat(new MultisetHash().hex()).isEqualTo("0".repeat(64));
  }

  private static String hash(List<byte[]> records) {
    MultisetHash hash = new MultisetHash();
    records.forEach(record -> hash.add(sha256(record)));
    return hash.hex();
  }

  private static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}

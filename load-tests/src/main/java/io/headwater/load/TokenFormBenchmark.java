package io.headwater.load;

import java.io.IOException;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Token ids and offsets as packed bytes beside Avro arrays of int: from int[] and back to it. */
@State(Scope.Thread)
@SuppressWarnings("NullAway.Init") // JMH sets the fields before it calls a benchmark
public class TokenFormBenchmark {
  @Param({"64", "2048"})
  public int tokens;

  private final TokenForm packed = TokenForm.packed();
  private final TokenForm array = TokenForm.array();
  private SampleTokens values;
  private byte[] packedBytes;
  private byte[] arrayBytes;

  /** Makes the values ready. */
  @Setup
  public void prepare() throws IOException {
    values = SampleTokens.of(tokens, 0);
    packedBytes = packed.write(values);
    arrayBytes = array.write(values);
  }

  @Benchmark
  public byte[] encodePacked() throws IOException {
    return packed.write(values);
  }

  @Benchmark
  public byte[] encodeArray() throws IOException {
    return array.write(values);
  }

  @Benchmark
  public SampleTokens decodePacked() throws IOException {
    return packed.read(packedBytes);
  }

  @Benchmark
  public SampleTokens decodeArray() throws IOException {
    return array.read(arrayBytes);
  }
}

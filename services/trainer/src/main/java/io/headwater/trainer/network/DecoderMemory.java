package io.headwater.trainer.network;

import io.headwater.trainer.attention.Remembered;
import java.util.List;

/**
 * What a decoder keeps from step to step, for each of its layers.
 *
 * @param own keys and values of what was written
 * @param source keys and values of the source, which stay
 * @param <T> a tensor
 */
public record DecoderMemory<T>(List<Remembered<T>> own, List<Remembered<T>> source) {
  /** Copies the lists. */
  public DecoderMemory {
    own = List.copyOf(own);
    source = List.copyOf(source);
    if (own.isEmpty() || own.size() != source.size()) {
      throw new IllegalArgumentException("each layer keeps what was written and what is read");
    }
  }
}

package io.headwater.trainer.translation.export;

import io.headwater.trainer.translation.TransformerShape;
import java.util.Collections;
import java.util.List;

/**
 * The sizes that show in a decoder's inputs and outputs.
 *
 * @param vocabulary tokens that are scored
 * @param width of the encoder's output
 * @param layers the heads of each layer
 */
public record DecoderSizes(int vocabulary, int width, List<Layer> layers) {

  /**
   * A layer's heads.
   *
   * @param own of the keys and values of what was written
   * @param source of those of the source
   * @param crossHeads of the queries to the source
   */
  public record Layer(Heads own, Heads source, int crossHeads) {}

  /** So many heads of one size. */
  public record Heads(int count, int size) {}

  /** Copies the list. */
  public DecoderSizes {
    layers = List.copyOf(layers);
  }

  static DecoderSizes of(TransformerShape shape) {
    Heads heads = new Heads(shape.heads(), shape.headWidth());
    Layer layer = new Layer(heads, heads, shape.heads());
    return new DecoderSizes(
        shape.vocabulary(), shape.width(), Collections.nCopies(shape.decoderLayers(), layer));
  }
}

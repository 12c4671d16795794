package io.headwater.models.text;

/** A tokenizer was used after its end. Says nothing about the text. */
public final class TokenizerClosedException extends IllegalStateException {
  private static final long serialVersionUID = 1L;

  public TokenizerClosedException() {
    super("The tokenizer is closed");
  }
}

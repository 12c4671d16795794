package io.headwater.tokenizer.plan;

import io.headwater.models.InvalidModelPackageException;
import io.headwater.models.LanguagePair;
import io.headwater.models.ModelId;
import io.headwater.models.ModelPackage;
import io.headwater.models.text.PackageTokenizer;
import io.headwater.models.text.SourceFrame;
import io.headwater.models.text.TokenizedText;
import java.util.Set;

/** What the tokenizer needs of a translation model. Thread-safe. */
public interface TranslationSource {
  ModelId model();

  /** SHA-256 of its tokenizer, in hex. */
  String tokenizerDigest();

  /** Longest segment, special tokens included. */
  int maxTokens();

  /** What it translates. */
  Set<LanguagePair> pairs();

  /** The tokens of a text, without special tokens. */
  TokenizedText encode(String text);

  /** The special tokens round a segment in a language that it translates from. */
  SourceFrame frame(String language);

  /**
   * That of a package.
   *
   * @param tokenizer the package's; the caller closes it
   * @throws InvalidModelPackageException if segments have no room for a text
   */
  static TranslationSource of(ModelPackage model, PackageTokenizer tokenizer) {
    return new PackagedSource(model, tokenizer);
  }
}

package io.headwater.tokenizer.plan;

import io.headwater.models.InvalidModelPackageException;
import io.headwater.models.LanguagePair;
import io.headwater.models.ModelId;
import io.headwater.models.ModelPackage;
import io.headwater.models.text.PackageTokenizer;
import io.headwater.models.text.SourceFrame;
import io.headwater.models.text.TokenizedText;
import java.util.List;
import java.util.Set;

/** A translation model that lies in a package. */
record PackagedSource(ModelPackage open, PackageTokenizer tokenizer) implements TranslationSource {
  PackagedSource {
    List<String> languages =
        open.languagePairs().stream().map(LanguagePair::from).distinct().toList();
    for (String language : languages) {
      int frame = tokenizer.frame(language).length();
      if (frame >= open.maxTokens()) {
        throw new InvalidModelPackageException(
            open.folder(),
            "segments of %d tokens have no room for a text: the special tokens are %d"
                .formatted(open.maxTokens(), frame));
      }
    }
  }

  @Override
  public ModelId model() {
    return open.id();
  }

  @Override
  public String tokenizerDigest() {
    return open.tokenizerDigest();
  }

  @Override
  public int maxTokens() {
    return open.maxTokens();
  }

  @Override
  public Set<LanguagePair> pairs() {
    return open.languagePairs();
  }

  @Override
  public TokenizedText encode(String text) {
    return tokenizer.encode(text);
  }

  @Override
  public SourceFrame frame(String language) {
    return tokenizer.frame(language);
  }
}

package io.headwater.tokenizer.plan;

import io.headwater.models.LanguagePair;
import io.headwater.models.ModelId;
import io.headwater.models.text.SourceFrame;
import io.headwater.models.text.TokenizedText;
import io.headwater.tokenizer.sentence.Words;
import java.util.Set;

/**
 * A translation model for tests: German, French and English into English, German also into
 * traditional Chinese.
 *
 * @param maxTokens longest segment, of which three are special tokens
 */
public record WordSource(int maxTokens) implements TranslationSource {
  static final ModelId MODEL = new ModelId("words", "1.0.0");
  static final int GERMAN = 70_001;
  static final int OTHER = 70_002;

  @Override
  public ModelId model() {
    return MODEL;
  }

  @Override
  public String tokenizerDigest() {
    return "dd";
  }

  @Override
  public Set<LanguagePair> pairs() {
    return Set.of(
        new LanguagePair("de", "en"),
        new LanguagePair("fr", "en"),
        new LanguagePair("de", "zh-Hant"));
  }

  @Override
  public TokenizedText encode(String text) {
    return Words.encode(text);
  }

  @Override
  public SourceFrame frame(String language) {
    return new SourceFrame(new int[] {language.equals("de") ? GERMAN : OTHER}, new int[] {1, 2});
  }
}
